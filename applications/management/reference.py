"""Areas, core areas, goals, the first forms of each phase, and the rounds around today."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from applications.management.form_data import forms
from applications.models import (
    Area,
    CoreArea,
    FormSection,
    FormVersion,
    GlobalGoal,
    Question,
    RequestedAttachment,
    Round,
    RoundPhase,
)
from applications.round_dates import ENFORCED_AFTER, sign_by, window
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
    added["forms"], added["questions"] = _forms(at)
    added["rounds"] = _rounds(at)
    return {name: len(rows) for name, rows in added.items()}


def _goals() -> list[dict]:
    return [row | {"number": int(row["number"])} for row in table(HERE, "goals")]


def _forms(at: datetime) -> tuple[list[FormVersion], list[Question]]:
    """Forms are filled as drafts, since a published one takes no more questions."""
    described = {(form.phase, form.number): form for form in forms()}
    drafts = [{"phase": phase, "number": number} for phase, number in described]
    added = add_missing(FormVersion, ("phase", "number"), drafts)
    data = [(row, described[row.phase, row.number]) for row in added]
    sections = FormSection.objects.bulk_create(
        FormSection(form_version=row, **section) for row, form in data for section in form.sections
    )
    place = {(each.form_version_id, each.key): each for each in sections}
    questions = Question.objects.bulk_create(
        Question(form_version=row, **question | {"section": place[row.pk, question["section"]]})
        for row, form in data
        for question in form.questions
    )
    RequestedAttachment.objects.bulk_create(
        RequestedAttachment(form_version=row, **attachment)
        for row, form in data
        for attachment in form.attachments
    )
    FormVersion.objects.filter(pk__in=[row.pk for row in added]).update(
        status=FormStatus.PUBLISHED, published_at=at
    )
    return added, questions


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
        "sign_by": sign_by(times.closes_at),
        "enforced_at": enforced_at if enforced_at <= at else None,
        **dates,
    }


def _current_forms() -> Iterable[FormVersion]:
    """The newest published form of each phase."""
    published = FormVersion.objects.filter(status=FormStatus.PUBLISHED)
    return {form.phase: form for form in published.order_by("number")}.values()
