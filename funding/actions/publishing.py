"""Putting a ceiling schedule into force."""

from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from funding.models import CeilingSchedule
from funding.refusals import AlreadyPublished, DateTaken, ScheduleUnfit
from funding.schedule_checks import differing_places, low_places, missing_places
from funding.states import ScheduleStatus
from partnerships.refusals import ReasonMissing

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def publish_schedule(
    schedule: CeilingSchedule, *, reason: str, by: "User", at: datetime
) -> CeilingSchedule:
    """Put a draft schedule into force from its `valid_from`; from then on it is not changed.

    Knows nothing of rounds: `applications.actions.publish_schedule` does. The reason is kept in
    the history. Raises ReasonMissing, AlreadyPublished, DateTaken, and ScheduleUnfit with the lists
    of missing and odd cells.
    """
    if not reason.strip():
        raise ReasonMissing
    schedule = CeilingSchedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)
    _check(schedule)
    schedule.status = ScheduleStatus.PUBLISHED
    schedule.published_at, schedule.published_by = at, by
    with pghistory.context(user=by.pk, action="publish_schedule", reason=reason.strip()):
        schedule.save()
    return schedule


def unfitness(schedule: CeilingSchedule) -> ScheduleUnfit | None:
    """What of its amounts stops a schedule from being published."""
    cells = [row.cell for row in schedule.cells.all()]
    faults = {
        "missing": missing_places(cells),
        "low": low_places(cells),
        "differing": differing_places(cells),
    }
    return ScheduleUnfit(schedule=schedule.key, **faults) if any(faults.values()) else None


def _check(schedule: CeilingSchedule) -> None:
    if schedule.status == ScheduleStatus.PUBLISHED:
        raise AlreadyPublished(schedule=schedule.key)
    if other := CeilingSchedule.objects.published().filter(valid_from=schedule.valid_from).first():
        raise DateTaken(other=other.key, valid_from=schedule.valid_from)
    if unfit := unfitness(schedule):
        raise unfit
