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
from applications.models import Application, ApplicationCoreArea, Area, CoreArea
from applications.refusals import PeriodTooLong

DETAILS = (
    "title_sv",
    "title_en",
    "starts_on",
    "ends_on",
    "no_preparation_reason",
    "own_dnr",
    "own_board",
)
REASON_FIELDS = tuple(REASONS.values())
DECLARATIONS = (
    "declared_correct",
    "declared_no_double_funding",
    "declared_personal_data",
    "signatory_name",
    "signatory_title",
)


def save_details(
    application: Application, values: Mapping[str, Any], *, by, at: datetime, was: str | None = None
) -> None:
    """Titles, dates and the municipality's own references.

    Raises `PeriodTooLong`, `StaleForm`, `NotWritable` and `RoundClosed`.
    """
    _save_fields(application, DETAILS, values, at, was)


def save_declarations(
    application: Application, values: Mapping[str, Any], *, by, at: datetime, was: str | None = None
) -> None:
    """Declarations and the authorised signatory. Raises as `save_details` does."""
    _save_fields(application, DECLARATIONS, values, at, was)


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
    by,
    at: datetime,
    was: str | None = None,
) -> None:
    """Areas of cooperation (one of them the main one) and core areas with their reasons.

    `reasons` has an entry for every chosen core area, possibly empty. The main area is always one
    of the areas. The same choices again change nothing. Raises as `save_details` does.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    saved = area_values(row)
    ensure_unchanged(was, fingerprint(saved))
    chosen = {*areas, main_area} - {None}
    wanted = {
        "main": main_area.pk if main_area else None,
        "areas": {area.pk for area in chosen},
        "core": {core_area.pk: reason for core_area, reason in reasons.items()},
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
    count_change(row)


def area_values(application: Application) -> dict[str, Any]:
    """The saved areas and core areas, the way they are fingerprinted."""
    return {
        "main": application.main_area_id,
        "areas": set(application.areas.values_list("pk", flat=True)),
        "core": dict(application.core_areas.values_list("core_area_id", "reason")),
    }
