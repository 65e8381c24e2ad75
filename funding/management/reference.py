"""Ceiling schedules with their cells, and cost types."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from funding.models import Ceiling, CeilingSchedule, CostType
from funding.states import ScheduleStatus
from icld_portal.reference import add_missing, entries, table

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add what is missing. Gives the number of rows added, per table."""
    schedules, cells = _schedules(at)
    cost_types = add_missing(CostType, ("key",), table(HERE, "cost_types"))
    return {"schedules": len(schedules), "ceilings": len(cells), "cost_types": len(cost_types)}


def _schedules(at: datetime) -> tuple[list[CeilingSchedule], list[Ceiling]]:
    rows = entries(HERE, "schedules", "schedule")
    cells_of = {row["key"]: row.pop("cell") for row in rows}
    published = {row["key"] for row in rows if row.pop("status") == ScheduleStatus.PUBLISHED}
    added = add_missing(CeilingSchedule, ("key",), rows)
    cells = [
        Ceiling(schedule=schedule, **cell) for schedule in added for cell in cells_of[schedule.key]
    ]
    made = Ceiling.objects.bulk_create(cells)
    for schedule in added:  # last: a published schedule takes no more cells
        if schedule.key in published:
            schedule.status, schedule.published_at = ScheduleStatus.PUBLISHED, at
            schedule.save()
    return added, made
