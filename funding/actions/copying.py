"""A new ceiling schedule begins as a copy of one that is known to be whole."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from funding.models import Ceiling, CeilingSchedule
from funding.refusals import DateTaken, KeyTaken
from funding.states import ScheduleStatus

if TYPE_CHECKING:
    from accounts.models import User

OWN = {"id", "key", "name", "valid_from", "status", "published_at", "published_by"}
OWN |= {"source_sv", "source_en"}
COPIED = [field.attname for field in CeilingSchedule._meta.concrete_fields if field.name not in OWN]


@transaction.atomic
def copy_schedule(
    schedule: CeilingSchedule,
    *,
    key: str,
    name: str,
    valid_from: date,
    source_sv: str,
    source_en: str,
    by: "User",
    at: datetime,
) -> CeilingSchedule:
    """A draft with the same cells and limits, to change and publish; its source is its own.

    Raises KeyTaken, and DateTaken if a published schedule is valid from that day.
    """
    if CeilingSchedule.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    if other := CeilingSchedule.objects.published().filter(valid_from=valid_from).first():
        raise DateTaken(other=other.key, valid_from=valid_from)
    limits = {field: getattr(schedule, field) for field in COPIED}
    cells = [vars(row.cell) for row in schedule.cells.all()]
    with pghistory.context(
        user=by.pk, action="copy_schedule", copied=schedule.key, at=at.isoformat()
    ):
        copy = CeilingSchedule.objects.create(
            key=key,
            name=name,
            valid_from=valid_from,
            source_sv=source_sv,
            source_en=source_en,
            status=ScheduleStatus.DRAFT,
            **limits,
        )
        Ceiling.objects.bulk_create(Ceiling(schedule=copy, **cell) for cell in cells)
    return copy
