"""The rounds of the years ahead, by the default generator (domain section 0.4)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from applications.models import FormVersion, Round, RoundPhase
from applications.round_dates import ENFORCED_AFTER, sign_by, window
from applications.states import FormStatus, RoundKind, Season
from funding.models import CeilingSchedule
from icld_portal import clock

YEARS_BACK, YEARS_AHEAD = 1, 2

DATES = {
    Season.SPRING: {"decision_on": (5, 20), "notice_on": (6, 4), "publication_on": (6, 10)},
    Season.AUTUMN: {"decision_on": (12, 1), "notice_on": (12, 11), "publication_on": (12, 17)},
}
"""Month and day of what follows a round, until an admin says otherwise."""


@transaction.atomic
def plan_rounds(*, at: datetime) -> list[Round]:
    """Add the regular rounds that the years around `at` lack; gives them.

    Those that are there stay as they are, whatever an admin has made of them. A phase that another
    round takes at the same time is left to that one.
    """
    this_year = clock.local_date(at).year
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    regular = Round.objects.filter(kind=RoundKind.REGULAR, year__in=years)
    known = set(regular.values_list("year", "season"))
    lacking = [(year, season) for year in years for season in Season if (year, season) not in known]
    if not lacking:
        return []
    forms = list(_current_forms())
    return [_planned(year, season, forms, at) for year, season in lacking]


def _planned(year: int, season: Season, forms: Iterable[FormVersion], at: datetime) -> Round:
    round_ = Round.objects.create(**_values(year, season, at))
    RoundPhase.objects.bulk_create(
        RoundPhase(round=round_, phase=form.phase, form_version=form)
        for form in forms
        if round_.overlapping([form.phase]) is None
    )
    return round_


def _values(year: int, season: Season, at: datetime) -> dict[str, Any]:
    """One that closed before the portal knew of it has nobody to tell, so its deadline counts as
    carried out."""
    times = window(year, season)
    dates = {name: date(year, *day) for name, day in DATES[season].items()}
    enforced_at = times.closes_at + ENFORCED_AFTER
    return {
        "season": season.value,
        "year": year,
        "opens_at": times.opens_at,
        "closes_at": times.closes_at,
        "schedule": CeilingSchedule.objects.in_force_on(clock.local_date(times.opens_at)),
        "earliest_start": dates["notice_on"],
        "sign_by": sign_by(times.closes_at),
        "enforced_at": enforced_at if enforced_at <= at else None,
        **dates,
    }


def _current_forms() -> Iterable[FormVersion]:
    """The newest published form of each phase."""
    published = FormVersion.objects.filter(status=FormStatus.PUBLISHED)
    return {form.phase: form for form in published.order_by("number")}.values()
