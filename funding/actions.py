"""The verbs of ceiling schedules."""

from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from funding.ceilings import Cell
from funding.models import CeilingSchedule
from funding.refusals import AlreadyPublished, DateTaken, ScheduleUnfit
from funding.schedule_checks import missing_places, odd_places
from funding.states import ScheduleStatus
from partnerships.refusals import ReasonMissing

if TYPE_CHECKING:
    from accounts.models import User

COLUMNS = ("phase", "region", "multi_party", "amount_sek", "basis", "kind")


@transaction.atomic
def publish_schedule(
    schedule: CeilingSchedule, *, reason: str, by: "User", at: datetime
) -> CeilingSchedule:
    """Put a draft schedule into force from its `valid_from`; from then on it is not changed.

    Rounds keep the schedule they have. The reason is kept in the history.
    Raises ReasonMissing, AlreadyPublished, DateTaken, and ScheduleUnfit with the list of missing
    and odd cells.
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


def _check(schedule: CeilingSchedule) -> None:
    if schedule.status == ScheduleStatus.PUBLISHED:
        raise AlreadyPublished(schedule=schedule.key)
    published = CeilingSchedule.objects.filter(status=ScheduleStatus.PUBLISHED)
    if other := published.filter(valid_from=schedule.valid_from).first():
        raise DateTaken(other=other.key, valid_from=schedule.valid_from)
    cells = [Cell(*row) for row in schedule.cells.values_list(*COLUMNS)]
    missing, odd = missing_places(cells), odd_places(cells)
    if missing or odd:
        raise ScheduleUnfit(schedule=schedule.key, missing=missing, odd=odd)
