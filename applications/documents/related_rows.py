"""Rows that belong to applications, as JSON beside them: many tables in the one query of their own.

`RELATED` names what can be read so; `with_related` adds it to a query, `related` reads it for
applications that are loaded already.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from applications.models import (
    Answer,
    Application,
    ApplicationCoreArea,
    ApplicationGoal,
    Attachment,
    AttachmentPromise,
    RequestedAttachment,
)
from applications.models.tables import MODELS
from applications.row_columns import COLUMNS
from applications.states import QuestionKind
from partnerships.models import Country

PREFIX = "read_"
"""An annotation's name: "read_goals"."""

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def _of_table(kind: str) -> QuerySet:
    columns = {name: name for name in COLUMNS[kind].columns}
    columns |= {"id": "pk", "key": "key", "version": "version", "at": "at", "by": "by__name"}
    columns |= {"copied": "copied_from_id", "copied_dnr": "copied_from__dnr"}
    party = COLUMNS[kind].party.removesuffix("_id")
    if party:
        columns["party_name"] = f"{party}__organisation__display_name"
    if "country_id" in columns:
        columns |= {name: f"country__{name}" for name in ("code", "name_sv", "name_en")}
    if "objective_id" in columns:
        columns["objective_key"] = "objective__key"
    rows = MODELS[kind].objects.filter(application=OuterRef("pk")).order_by("order", "id")
    return rows.values(row=JSONObject(**columns))


def _goals() -> QuerySet:
    labels = {name: f"goal__{name}" for name in ("number", "label_sv", "label_en")}
    rows = ApplicationGoal.objects.filter(application=OuterRef("pk")).order_by("goal__number")
    return rows.values(row=JSONObject(**labels, main="main", id="goal_id"))


def _areas() -> QuerySet:
    names = ("key", "label_sv", "label_en")
    rows = Application.areas.through.objects.filter(application=OuterRef("pk"))
    labels = {name: f"area__{name}" for name in names}
    return rows.order_by("area__order").values(row=JSONObject(**labels))


def _core_areas() -> QuerySet:
    labels = {name: f"core_area__{name}" for name in ("key", "label_sv", "label_en")}
    rows = ApplicationCoreArea.objects.filter(application=OuterRef("pk"))
    return rows.order_by("core_area__order").values(row=JSONObject(**labels, reason="reason"))


def _countries() -> QuerySet:
    columns = {name: name for name in ("id", "name_sv", "name_en")}
    return Country.objects.order_by("name_sv").values(row=JSONObject(**columns))


def _attachments() -> QuerySet:
    names = ("kind", "name", "content_type", "size", "sha256", "public_id", "state")
    rows = Attachment.objects.current().filter(application=OuterRef("pk")).order_by("kind", "id")
    return rows.values(row=JSONObject(**{name: name for name in names}, **_OF_PARTY))


def _promises() -> QuerySet:
    names = ("kind", "promised_on", "note")
    rows = AttachmentPromise.objects.filter(application=OuterRef("pk"))
    return rows.values(row=JSONObject(**{name: name for name in names}, **_OF_PARTY))


def _requested() -> QuerySet:
    names = ("kind", "required", "each_party", "may_be_promised")
    rows = RequestedAttachment.objects.filter(
        form_version__roundphase__round=OuterRef("round_id"),
        form_version__roundphase__phase=OuterRef("phase"),
    )
    return rows.order_by("order").values(row=JSONObject(**{name: name for name in names}))


def _copied() -> QuerySet:
    """Texts that have been copied and not touched since."""
    rows = Answer.objects.filter(application=OuterRef("pk"), copied_from__isnull=False)
    columns = {"key": "question_key", "copied": "copied_from_id", "copied_dnr": "copied_from__dnr"}
    return rows.order_by("id").values(row=JSONObject(**columns))


def _earlier() -> QuerySet:
    """The partnership's granted cases, and whichever case the application builds on."""
    names = ("id", "public_id", "phase", "dnr", "title_sv", "title_en", "starts_on", "ends_on")
    rows = Application.objects.may_be_built_on(OuterRef("partnership_id"), OuterRef("builds_on_id"))
    return rows.order_by("id").values(row=JSONObject(**{name: name for name in names}))


_OF_PARTY = {
    "party": "party__organisation__display_name",
    "organisation": "party__organisation__public_id",
}

RELATED: Mapping[str, QuerySet] = {
    **{kind.value: _of_table(kind) for kind in COLUMNS},
    "goals": _goals(),
    "areas": _areas(),
    "core_areas": _core_areas(),
    "attachments": _attachments(),
    "promises": _promises(),
    "requested": _requested(),
    "earlier": _earlier(),
    "copied": _copied(),
}
"""What belongs to an application. Everybody's rows can be added: name → query of one `row`."""

SHARED = {"countries": _countries()}
"""What rows are chosen from, whatever the application."""


def with_related(applications: QuerySet, names: Iterable[str] = RELATED) -> QuerySet:
    """Adds "read_<name>" for each name: a list of dicts, with days and moments as ISO 8601."""
    found = {**RELATED, **SHARED}
    return applications.annotate(
        **{f"{PREFIX}{name}": ArraySubquery(found[name]) for name in names}
    )


def related(applications: Sequence[Application]) -> dict[int, Rows]:
    """Everything that belongs to each of the applications, by their id; one query."""
    found = _rows_beside(tuple(RELATED)).filter(pk__in=[each.pk for each in applications])
    return {
        row.pop("pk"): {name.removeprefix(PREFIX): rows for name, rows in row.items()}
        for row in found
    }


def read_beside(application: Application, names: Sequence[str]) -> None:
    """As `with_related`, for an application that is loaded already; one query."""
    row = _rows_beside(tuple(names)).get(pk=application.pk)
    for name in names:
        setattr(application, PREFIX + name, row[PREFIX + name])


@cache
def _rows_beside(names: tuple[str, ...]) -> QuerySet:
    """Built once for the same names, and narrowed by whoever reads: building costs the most."""
    rows = with_related(Application.objects.all(), names).order_by()
    return rows.values("pk", *(PREFIX + name for name in names))


def for_tables(kinds: Iterable[str]) -> list[str]:
    """The names to read for editing tables of these kinds."""
    names = {str(kind) for kind in kinds}
    if QuestionKind.INDICATORS in names:
        names.add(QuestionKind.OBJECTIVES.value)
    if QuestionKind.OTHER_ACTORS in names:
        names.add("countries")
    return sorted(names)
