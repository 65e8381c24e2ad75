"""A whole spreadsheet into the budget, all of it or nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from applications.actions.budgeting import LineChange, line_values, mark, save_lines
from applications.actions.writing import ensure_unchanged, ensure_writable, locked
from applications.fingerprints import fingerprint
from applications.models import Application
from funding.models import BudgetLine


@transaction.atomic
def import_lines(
    application: Application,
    changes: Sequence[LineChange],
    *,
    replace: bool,
    was: str,
    kept: Collection[UUID] = (),
    by,
    at: datetime,
) -> int:
    """Add the lines of a spreadsheet, changing those whose keys the budget has; or with `replace`
    make them the whole budget, in their order. Gives how many lines were deleted.

    `was`: the `budget_mark` that the person had seen; `kept`: lines that are not replaced, since
    their rows are wrong. Raises `StaleForm` when somebody has changed the budget since, and what
    `save_lines` raises. The same lines sent again change nothing.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    saved = {line.key: line for line in BudgetLine.objects.filter(budget=row.budget_id)}
    keys = [change.key for change in changes]
    deleted = saved.keys() - {*keys, *kept} if replace else set()
    order = keys if replace else []
    if not deleted and _stand(changes, saved) and _in_order(order, saved):
        return 0
    ensure_unchanged(was, budget_mark(saved.values()))
    save_lines(application, changes, deleted=dict.fromkeys(deleted), order=order, by=by, at=at)
    return len(deleted)


def budget_mark(lines: Iterable[BudgetLine]) -> str:
    """The fingerprint of a whole budget as it stands saved."""
    return fingerprint({str(line.key): mark(line_values(line)) for line in lines})


def _stand(changes: Iterable[LineChange], saved: Mapping[UUID, BudgetLine]) -> bool:
    return all(
        change.key in saved and mark(line_values(saved[change.key])) == mark(change.values)
        for change in changes
    )


def _in_order(order: Sequence[UUID], saved: Mapping[UUID, BudgetLine]) -> bool:
    places = [saved[key].order for key in order if key in saved]
    return places == sorted(places)
