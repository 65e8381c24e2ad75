"""Areas, core areas, goals, the first form of each phase, and the rounds around today."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from applications.models import (
    Area,
    CoreArea,
    FormVersion,
    GlobalGoal,
    Question,
    Round,
    RoundPhase,
)
from applications.round_dates import ENFORCED_AFTER, window
from applications.states import FormStatus, Season
from funding.models import CeilingSchedule
from icld_portal import clock
from icld_portal.reference import add_missing, entries, table

HERE = Path(__file__).parent

YEARS_BACK, YEARS_AHEAD = 1, 2

DATES = {
    Season.SPRING: {"decision_on": (5, 20), "notice_on": (6, 4), "publication_on": (6, 10)},
    Season.AUTUMN: {"decision_on": (12, 1), "notice_on": (12, 11), "publication_on": (12, 17)},
}
"""Month and day of what follows a round, until an admin says otherwise."""


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add what is missing, and the rounds of the years around `at`, so that running it in a later
    year adds that year's. Gives the number of rows added, per table."""
    added = {
        "areas": add_missing(Area, ("key",), table(HERE, "areas")),
        "core_areas": add_missing(CoreArea, ("key",), entries(HERE, "core_areas", "core_area")),
        "goals": add_missing(GlobalGoal, ("number",), _goals()),
    }
    added["forms"], added["questions"] = _forms()
    added["rounds"] = _rounds(at)
    return {name: len(rows) for name, rows in added.items()}


def _goals() -> list[dict]:
    return [row | {"number": int(row["number"])} for row in table(HERE, "goals")]


def _forms() -> tuple[list[FormVersion], list[Question]]:
    rows = entries(HERE, "questions", "form")
    questions_of = {(row["phase"], row["number"]): row.pop("question") for row in rows}
    published = [row | {"status": FormStatus.PUBLISHED} for row in rows]
    added = add_missing(FormVersion, ("phase", "number"), published)
    questions = [
        Question(form_version=form, **question)
        for form in added
        for question in questions_of[form.phase, form.number]
    ]
    return added, Question.objects.bulk_create(questions)


def _rounds(at: datetime) -> list[Round]:
    this_year = clock.local_date(at).year
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    rows = [_round(year, season, at) for year in years for season in Season]
    added = add_missing(Round, ("season", "year"), rows)
    forms = list(_current_forms())
    RoundPhase.objects.bulk_create(
        RoundPhase(round=round_, phase=form.phase, form_version=form)
        for round_ in added
        for form in forms
    )
    return added


def _round(year: int, season: Season, at: datetime) -> dict:
    """A round by the default generator. One that closed before the portal knew of it has nobody to
    tell, so its deadline counts as carried out."""
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
        "enforced_at": enforced_at if enforced_at <= at else None,
        **dates,
    }


def _current_forms() -> Iterable[FormVersion]:
    """The newest published form of each phase."""
    published = FormVersion.objects.filter(status=FormStatus.PUBLISHED)
    return {form.phase: form for form in published.order_by("number")}.values()
