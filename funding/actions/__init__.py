"""The verbs of ceiling schedules and budgets."""

from funding.actions.budgets import copy_budget, copy_lines, lock_budget
from funding.actions.copying import copy_schedule
from funding.actions.publishing import publish_schedule, unfitness

__all__ = [
    "copy_budget",
    "copy_lines",
    "copy_schedule",
    "lock_budget",
    "publish_schedule",
    "unfitness",
]
