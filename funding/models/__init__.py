from funding.models.budgets import Budget, BudgetLine
from funding.models.ceilings import Ceiling, CeilingSchedule
from funding.models.cost_types import CostType
from funding.models.rates import ExchangeRate

__all__ = ["Budget", "BudgetLine", "Ceiling", "CeilingSchedule", "CostType", "ExchangeRate"]
