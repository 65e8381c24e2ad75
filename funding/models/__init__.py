from funding.models.budgets import Budget, BudgetLine, CostType
from funding.models.ceilings import Ceiling, CeilingSchedule

__all__ = ["Budget", "BudgetLine", "Ceiling", "CeilingSchedule", "CostType"]
