"""Saving a page of an application. `was` is the fingerprint of the values the page was filled
with; None saves whatever stands there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from applications.actions.writing import (
    count_change,
    ensure_unchanged,
    ensure_writable,
    locked,
)
from applications.completeness import MAX_YEARS
from applications.documents.snapshot import REASONS
from applications.fingerprints import fingerprint
from applications.models import Application, ApplicationCoreArea, Area, CoreArea, GlobalGoal
from applications.phase_chain import BUILDS_ON
from applications.refusals import NotAnEarlierCase, PeriodTooLong, TooManyMainGoals

DETAILS = (
    "title_sv",
    "title_en",
    "starts_on",
    "ends_on",
    "no_preparation_reason",
    "own_dnr",
    "own_board",
    "builds_on_id",
    "training",
    "training_note",
    "has_other_grants",
    "other_grants",
)
MAX_MAIN_GOALS = 3
"""Global Goals that an application can be most about (domain section 8, part 20)."""

REASON_FIELDS = tuple(REASONS.values())


def save_details(
    application: Application, values: Mapping[str, Any], *, by, at: datetime, was: str | None = None
) -> None:
    """Titles, dates, the earlier case, training, other grants, and the municipality's own
    references.

    Raises `PeriodTooLong`, `NotAnEarlierCase`, `StaleForm`, `NotWritable` and `RoundClosed`.
    """
    _ensure_may_be_built_on(application, values.get("builds_on_id"))
    _save_fields(application, DETAILS, values, at, was)


def _ensure_may_be_built_on(application: Application, chosen: int | None) -> None:
    if chosen is None or chosen == application.builds_on_id:
        return
    earlier = Application.objects.granted_of(application.partnership_id)
    wanted = BUILDS_ON.get(application.phase, "")
    if not earlier.filter(pk=chosen, phase=wanted).exists():
        raise NotAnEarlierCase()


def save_reasons(
    application: Application, values: Mapping[str, Any], *, by, at: datetime, was: str | None = None
) -> None:
    """Why the budget departs from what is asked for. Raises as `save_details` does."""
    _save_fields(application, REASON_FIELDS, values, at, was)


def field_values(application: Application, fields) -> dict[str, Any]:
    """The saved values of a page, the way they are fingerprinted."""
    return {name: getattr(application, name) for name in fields}


@transaction.atomic
def _save_fields(application, fields, values, at, was) -> None:
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    saved = field_values(row, fields)
    ensure_unchanged(was, fingerprint(saved))
    wanted = {name: values[name] for name in fields if name in values}
    if wanted == {name: saved[name] for name in wanted}:
        return
    for name, value in wanted.items():
        setattr(row, name, value)
    if {"starts_on", "ends_on"} & wanted.keys() and row.years > MAX_YEARS:
        raise PeriodTooLong(years=MAX_YEARS)
    row.save(update_fields=list(wanted))
    count_change(row)


@transaction.atomic
def save_areas(
    application: Application,
    *,
    main_area: Area | None,
    areas: list[Area],
    reasons: Mapping[CoreArea, str],
    goals: Mapping[GlobalGoal, bool] | None = None,
    by,
    at: datetime,
    was: str | None = None,
) -> None:
    """Areas of cooperation (one of them the main one), core areas with their reasons, and Global
    Goals, each with whether it is a main one (None: leave them as they are).

    `reasons` has an entry for every chosen core area, possibly empty. The main area is always one
    of the areas. The same choices again change nothing. Raises `TooManyMainGoals`, and as
    `save_details` does.
    """
    if goals and sum(goals.values()) > MAX_MAIN_GOALS:
        raise TooManyMainGoals(limit=MAX_MAIN_GOALS)
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    saved = area_values(row)
    ensure_unchanged(was, fingerprint(saved))
    chosen = {*areas, main_area} - {None}
    wanted = {
        "main": main_area.pk if main_area else None,
        "areas": {area.pk for area in chosen},
        "core": {core_area.pk: reason for core_area, reason in reasons.items()},
        "goals": saved["goals"] if goals is None else {goal.pk: goals[goal] for goal in goals},
    }
    if wanted == saved:
        return
    Application.objects.filter(pk=row.pk).update(main_area=main_area)
    row.areas.set(chosen)
    row.core_areas.exclude(core_area__in=reasons).delete()
    for core_area, reason in reasons.items():
        ApplicationCoreArea.objects.update_or_create(
            application=row, core_area=core_area, defaults={"reason": reason}
        )
    if goals is not None:
        row.goals.exclude(goal__in=goals).delete()
        for goal, main in goals.items():
            row.goals.update_or_create(goal=goal, defaults={"main": main})
    count_change(row)


def area_values(application: Application) -> dict[str, Any]:
    """The saved areas, core areas and goals, the way they are fingerprinted."""
    return {
        "main": application.main_area_id,
        "areas": set(application.areas.values_list("pk", flat=True)),
        "core": dict(application.core_areas.values_list("core_area_id", "reason")),
        "goals": dict(application.goals.values_list("goal_id", "main")),
    }
