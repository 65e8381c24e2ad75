"""The rounds the demo plays in: the archive's, the previous one, the open one."""

from datetime import datetime

from django.db.models import QuerySet

from applications.management import reference
from applications.models import FormVersion, Round, RoundPhase
from applications.round_dates import window
from applications.states import Season
from funding.models import CeilingSchedule
from icld_portal import clock
from icld_portal.demo.tables import table

OLDEST_SCHEDULE = "A"
"""For rounds that opened before any known schedule was in force."""

SHORT = 1
"""The version of every form that asked for a few texts only."""


def rounds(at: datetime) -> dict[str, Round]:
    """Every round that a case names: "autumn 2019", "previous", "open"; the missing are made.

    `at` lies in the round that is to be the open one.
    """
    reference.load(at)
    current = Round.objects.open_at(at).get()
    previous = Round.objects.filter(closes_at__lte=current.opens_at).latest("closes_at")
    # Nobody has applied in it yet, so its deadline is to be carried out on what comes now.
    Round.objects.filter(pk=previous.pk, applications=None).update(enforced_at=None)
    _ask_with_short_forms(Round.objects.filter(closes_at__lte=current.opens_at, applications=None))
    archive = {f"{row['season']} {row['year']}": _archived(row, current) for row in _rows()}
    return {**archive, "previous": previous, "open": current}


def _rows() -> list[dict]:
    return table("rounds")["round"]


def _archived(row: dict, current: Round) -> Round:
    times = window(row["year"], Season(row["season"]))
    in_force = CeilingSchedule.objects.in_force_on(clock.local_date(times.opens_at))
    round_, made = Round.objects.get_or_create(
        season=row["season"],
        year=row["year"],
        defaults={
            **row,
            "opens_at": times.opens_at,
            "closes_at": times.closes_at,
            "earliest_start": row["notice_on"],
            "schedule": in_force or CeilingSchedule.objects.get(key=OLDEST_SCHEDULE),
        },
    )
    if made:
        RoundPhase.objects.bulk_create(
            RoundPhase(round=round_, phase=form.phase, form_version=form) for form in _short_forms()
        )
    return round_


def _ask_with_short_forms(rounds: QuerySet[Round]) -> None:
    """Cases of earlier rounds answered few questions; the open round asks all of them."""
    for form in _short_forms():
        RoundPhase.objects.filter(round__in=rounds, phase=form.phase).update(form_version=form)


def _short_forms() -> QuerySet[FormVersion]:
    return FormVersion.objects.filter(number=SHORT)
