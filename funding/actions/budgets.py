"""Copies of budgets: the applicant's figures are kept, whatever is made of them later."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from funding.models import Budget, BudgetLine


@transaction.atomic
def copy_budget(budget: Budget, amounts: Mapping[UUID, int] | None = None) -> Budget:
    """A new budget with the same lines, by the same keys.

    `amounts` has whole kronor by key, for the lines whose amount is another in the copy; how the
    applicant reckoned the line is kept beside it.
    """
    copy = Budget.objects.create()
    lines = list(BudgetLine.objects.filter(budget=budget))
    for line in lines:
        line.pk, line.budget = None, copy
        line.amount_sek = (amounts or {}).get(line.key, line.amount_sek)
    BudgetLine.objects.bulk_create(lines)
    return copy


def copy_lines(source: Budget, target: Budget, parties: Mapping[int, int | None]) -> int:
    """Add the lines of one budget to another, by the same keys; gives how many.

    `parties` has what each party is called there; lines of those who do not take part are left
    out.
    """
    found = BudgetLine.objects.filter(budget=source)
    lines = [line for line in found if parties.get(line.party_id)]
    for line in lines:
        line.pk, line.budget, line.party_id = None, target, parties[line.party_id]
    return len(BudgetLine.objects.bulk_create(lines))


def lock_budget(budget: Budget, *, at: datetime) -> None:
    """From now on the budget and its lines stand, kept so by the database. Twice is no error."""
    if budget.locked_at is None:
        budget.locked_at = at
        budget.save(update_fields=["locked_at"])
