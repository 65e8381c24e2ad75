from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from applications.actions.writing import (
    count_change,
    ensure_unchanged,
    ensure_writable,
    locked,
)
from applications.fingerprints import fingerprint
from applications.models import Application
from applications.refusals import NotAParty
from funding.budget_rules import line_amount
from funding.models import BudgetLine

LINE_FIELDS = (
    "project_year",
    "party_id",
    "cost_type_id",
    "description",
    "persons",
    "quantity",
    "unit_price_sek",
)


@transaction.atomic
def save_line(
    application: Application,
    values: Mapping[str, Any],
    *,
    by,
    at: datetime,
    line: BudgetLine | None = None,
    was: str | None = None,
) -> BudgetLine:
    """Add a budget line, or change `line`. The amount is persons × quantity × price, in kronor.

    `values` has project_year, party, cost_type, description, persons, quantity, unit_price_sek.
    The same values again change nothing. Raises `AmountTooLarge`, `NotAParty`, `StaleForm`,
    `NotWritable` and `RoundClosed`. Whether the line breaks a budget rule is said beside it, never
    here: a budget may be wrong while it is being written.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    if line is None:
        line = BudgetLine(budget=row.budget)
    else:
        line = BudgetLine.objects.get(pk=line.pk, budget=row.budget)
        ensure_unchanged(was, fingerprint(line_values(line)))
    saved = line_values(line) if line.pk else None
    for name, value in values.items():
        setattr(line, name, value)
    if not line.cost_type.is_pay:
        line.persons = 1
    if not row.parties.filter(party_id=line.party_id).exists():
        raise NotAParty()
    if line_values(line) == saved:
        return line
    line.amount_sek = line_amount(line.persons, line.quantity, line.unit_price_sek)
    line.save()
    count_change(row)
    return line


@transaction.atomic
def delete_line(application: Application, line: BudgetLine, *, by, at: datetime) -> None:
    """Remove a budget line; one that is gone already is no error."""
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    deleted, _rows = BudgetLine.objects.filter(pk=line.pk, budget=row.budget).delete()
    if deleted:
        count_change(row)


def line_values(line: BudgetLine) -> dict[str, Any]:
    """The saved values of a line, the way they are fingerprinted."""
    return {name: getattr(line, name) for name in LINE_FIELDS}
