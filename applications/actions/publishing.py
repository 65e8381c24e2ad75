"""Putting a ceiling schedule into force, with the rounds that then follow it."""

from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application, Round
from applications.refusals import RoundOpened
from funding import actions as funding
from funding.models import CeilingSchedule
from icld_portal import clock

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def publish_schedule(
    schedule: CeilingSchedule, *, reason: str, by: "User", at: datetime
) -> CeilingSchedule:
    """Publish a schedule, and let the rounds that have not begun follow it.

    A round follows if it was to open by the schedule before: one that was given another, has
    opened or has an application keeps what it has. Raises RoundOpened if a round has opened since
    the first day, and what `funding.actions.publish_schedule` raises.
    """
    schedule = funding.publish_schedule(schedule, reason=reason, by=by, at=at)
    _ensure_ahead_of_rounds(schedule, at)
    followers = rounds_that_would_follow(schedule, at).select_for_update(no_key=True)
    with pghistory.context(user=by.pk, action="publish_schedule", reason=reason.strip()):
        for round_ in followers:
            round_.schedule = schedule
            round_.save(update_fields=["schedule"])
    return schedule


def rounds_that_would_follow(schedule: CeilingSchedule, at: datetime) -> QuerySet[Round]:
    """The rounds that take the schedule when it is published, or took it if that is just done."""
    published = CeilingSchedule.objects.published()
    before = published.filter(valid_from__lt=schedule.valid_from).values("pk")[:1]
    after = CeilingSchedule.objects.after(schedule.valid_from)
    rounds = Round.objects.filter(
        Q(schedule=None) | Q(schedule=before),
        ~Exists(Application.objects.filter(round=OuterRef("pk"))),
        opens_at__gt=at,
        opens_at__gte=clock.start_of(schedule.valid_from),
    ).order_by("opens_at")
    return rounds.filter(opens_at__lt=clock.start_of(after.valid_from)) if after else rounds


def _ensure_ahead_of_rounds(schedule: CeilingSchedule, at: datetime) -> None:
    opened = Round.objects.filter(opens_at__lte=at).order_by("-opens_at").first()
    if opened and schedule.valid_from <= clock.local_date(opened.opens_at):
        raise RoundOpened(round=opened.name, opens_on=clock.local_date(opened.opens_at))
