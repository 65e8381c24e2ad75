"""What another ceiling schedule means for one application, in kronor."""

from collections.abc import Sequence
from typing import Any

from applications.documents.snapshot import ceiling_by
from applications.models import Application
from funding.ceilings import CeilingResult
from funding.models import CeilingSchedule
from funding.schedule_diff import changed_limits
from funding.states import Basis, CeilingKind

CEILING_CHANGED = "ceiling_changed"
"""The kind of the event that keeps it."""


def ceiling_change(
    application: Application,
    parties: Sequence,
    before: CeilingSchedule | None,
    after: CeilingSchedule | None,
) -> dict[str, Any] | None:
    """What changes for the application from one schedule to the next; None if nothing does.

    Plain values, for an event. Amounts are for the application's period; without dates (`years` is
    0) for one project year, or for the whole of a total. None where a schedule has no amount.
    """
    if before == after or not (before and after):
        return None
    years = application.years or 1
    old, new = (
        ceiling_by(schedule, application.phase, parties, years=years)
        for schedule in (before, after)
    )
    limits = changed_limits(before.parameters, after.parameters)
    if _told(old) == _told(new) and not limits:
        return None
    return {
        "schedule_before": before.key,
        "schedule_after": after.key,
        "years": application.years,
        **_amounts(old, new),
        "limits": [
            {"name": limit.name, "before": limit.before, "after": limit.after} for limit in limits
        ],
    }


def _told(ceiling: CeilingResult | None) -> tuple | None:
    return ceiling and (ceiling.amount_sek, ceiling.kind)


def _amounts(old: CeilingResult | None, new: CeilingResult | None) -> dict[str, Any]:
    known = new or old
    both = old and new
    return {
        "before_sek": old.amount_sek if old else None,
        "after_sek": new.amount_sek if new else None,
        "more_sek": max(new.amount_sek - old.amount_sek, 0) if both else 0,
        "less_sek": max(old.amount_sek - new.amount_sek, 0) if both else 0,
        "per_year": bool(known and known.basis == Basis.PER_YEAR),
        "guideline": bool(known and known.kind == CeilingKind.GUIDELINE),
        "other_kind": bool(both and old.kind != new.kind),
    }
