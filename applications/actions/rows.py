"""Writing the tables of an application: one row at a time, as an answer is.

Whoever writes a row counts the change first. That update of the application's row lets one writer
at a time into its tables, so that a limit holds and no two wait for each other in a ring.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from applications.actions.writing import count_change, ensure_writable
from applications.models import Application, Indicator, Objective, Question, Row
from applications.models.tables import MODELS
from applications.refusals import NoSuchObjective, NotAParty, StaleRow, TableNotAsked, TooManyRows
from applications.row_columns import COLUMNS, most_rows
from applications.states import QuestionKind


@dataclass(frozen=True)
class DeletedRow:
    """What `restore_row` needs besides the values: which version the row had, where it stood (None:
    at the end), and the keys of the indicators that belonged to it."""

    version: int
    order: int | None = None
    indicators: tuple[UUID, ...] = ()


def save_row(
    application: Application,
    *,
    kind: str,
    key: UUID,
    values: Mapping[str, Any],
    version: int,
    by,
    at: datetime,
) -> int:
    """Save one row that was written from `version` (0: a new row); gives its version now.

    `values` has every column of `row_columns.COLUMNS[kind]`; any may be empty. The key is made by
    whoever adds the row, so that adding it twice makes one. The same values again change nothing.
    A row that was copied from another application and is saved counts as touched.

    Raises `StaleRow` with both sides when somebody saved other values or deleted the row since,
    `TooManyRows`, `TableNotAsked`, `NotAParty`, `NoSuchObjective`, `NotWritable` and `RoundClosed`;
    then nothing is changed.
    """
    ensure_writable(application, at)
    _ensure_its_own(application, kind, values)
    written = dict(values) | {"by": by, "at": at, "copied_from": None}
    if version:
        return _change(application, kind, key, version, values, written)
    return _add(application, kind, key, values, written | {"version": 1})


def restore_row(
    application: Application,
    *,
    kind: str,
    key: UUID,
    values: Mapping[str, Any],
    was: DeletedRow,
    by,
    at: datetime,
) -> int:
    """Put a deleted row back under its key, in its place, with its indicators; gives its version.

    The version goes on from the one it had, so that a page that knew an earlier one is told. A row
    that is there after all is saved as `save_row` does. Raises what that does.
    """
    ensure_writable(application, at)
    _ensure_its_own(application, kind, values)
    written = dict(values) | {"by": by, "at": at, "copied_from": None}
    new = written | {"version": was.version + 1}
    if was.order is not None:
        new["order"] = was.order
    with transaction.atomic():
        version = _add(application, kind, key, values, new)
        if kind == QuestionKind.OBJECTIVES and was.indicators:
            objective = Objective.objects.get(application=application, key=key)
            loose = Indicator.objects.filter(application=application, objective=None)
            loose.filter(key__in=was.indicators).update(objective=objective)
    return version


@transaction.atomic
def delete_row(
    application: Application, *, kind: str, key: UUID, version: int, by, at: datetime
) -> DeletedRow | None:
    """Delete a row as it was seen; None when it is gone already.

    Raises `StaleRow` when somebody has changed it since, `NotWritable` and `RoundClosed`.
    """
    ensure_writable(application, at)
    row = _stored(application, kind, key)
    if row is None:
        return None
    count_change(application)
    indicators = ()
    if kind == QuestionKind.OBJECTIVES:
        indicators = tuple(Indicator.objects.filter(objective=row).values_list("key", flat=True))
    gone, _per_model = MODELS[kind].objects.filter(pk=row.pk, version=version).delete()
    if not gone:
        raise _stale(_stored(application, kind, key), kind, {})
    return DeletedRow(row.version, row.order, indicators)


@transaction.atomic
def move_row(
    application: Application, *, kind: str, key: UUID, step: int, by, at: datetime
) -> list[UUID]:
    """Move a row `step` places (-1: up, 1: down), as far as there is room; gives the new order.

    Where a row stands is no part of its version: others may go on writing in it. Raises
    `NotWritable` and `RoundClosed`.
    """
    ensure_writable(application, at)
    count_change(application)
    rows = list(MODELS[kind].objects.filter(application=application).only("key", "order"))
    place = next((number for number, row in enumerate(rows) if row.key == key), None)
    if place is not None:
        rows.insert(max(0, place + step), rows.pop(place))
    moved = [row for number, row in enumerate(rows) if row.order != number]
    for number, row in enumerate(rows):
        row.order = number
    MODELS[kind].objects.bulk_update(moved, ["order"])
    return [row.key for row in rows]


def row_values(row: Row, kind: str) -> dict[str, Any]:
    """The values of a row, the way they are saved."""
    return {name: getattr(row, name) for name in COLUMNS[kind].columns}


def _ensure_its_own(application: Application, kind: str, values: Mapping[str, Any]) -> None:
    """A party is one of the application's. Raises `NotAParty`."""
    party = values.get(COLUMNS[kind].party)
    if party and party not in {each.party_id for each in application.parties.all()}:
        raise NotAParty()


def _ensure_its_objective(application: Application, values: Mapping[str, Any]) -> None:
    """The objective is there, and the application's; asked when nobody can delete it meanwhile.
    Raises `NoSuchObjective`."""
    objective = values.get("objective_id")
    if objective and not Objective.objects.filter(application=application, pk=objective).exists():
        raise NoSuchObjective()


def _change(
    application: Application, kind: str, key: UUID, version: int, values: Mapping, written: dict
) -> int:
    rows = MODELS[kind].objects.filter(application=application, key=key)
    with transaction.atomic():
        count_change(application)
        _ensure_its_objective(application, values)
        if rows.filter(version=version).update(**written, version=F("version") + 1):
            return version + 1
        transaction.set_rollback(True)
    return _as_it_stands(_stored(application, kind, key), kind, values)


def _add(application: Application, kind: str, key: UUID, values: Mapping, new: dict) -> int:
    with transaction.atomic():
        count_change(application)
        room = _room(application, kind, key)
        if not room.is_there:
            room.check(kind)
            _ensure_its_objective(application, values)
            row = {"order": room.next_order} | new
            MODELS[kind].objects.create(application=application, key=key, **row)
            return new["version"]
        transaction.set_rollback(True)
    return _as_it_stands(_stored(application, kind, key), kind, values)


@dataclass(frozen=True)
class _Room:
    is_asked: bool
    is_there: bool
    limit: int
    count: int
    next_order: int

    def check(self, kind: str) -> None:
        """Raises `TableNotAsked` and `TooManyRows`."""
        if not self.is_asked:
            raise TableNotAsked(kind=kind)
        if self.count >= self.limit:
            raise TooManyRows(limit=self.limit)


def _room(application: Application, kind: str, key: UUID) -> _Room:
    """What adding a row depends on, in one query."""
    rows = MODELS[kind].objects.filter(application=OuterRef("pk")).order_by()
    per_application = rows.values("application")
    asked = Question.objects.filter(
        form_version__roundphase__round=OuterRef("round_id"),
        form_version__roundphase__phase=OuterRef("phase"),
        kind=kind,
    )
    found = Application.objects.filter(pk=application.pk).values_list(
        Exists(asked),
        Exists(rows.filter(key=key)),
        Subquery(asked.values("max_rows")[:1]),
        Coalesce(Subquery(per_application.values(n=Count("pk"))), 0),
        Coalesce(Subquery(per_application.values(n=Max("order"))), -1),
    )
    is_asked, is_there, limit, count, last = found.get()
    limit = most_rows(kind, limit, len(application.parties.all()))
    return _Room(is_asked, is_there, limit, count, last + 1)


def _stored(application: Application, kind: str, key: UUID) -> Row | None:
    rows = MODELS[kind].objects.filter(application=application, key=key)
    return rows.select_related("by").first()


def _as_it_stands(row: Row | None, kind: str, values: Mapping[str, Any]) -> int:
    """The version of a row that holds these values already. Raises `StaleRow` for any other."""
    if row and row_values(row, kind) == dict(values):
        return row.version
    raise _stale(row, kind, values)


def _stale(row: Row | None, kind: str, values: Mapping[str, Any]) -> StaleRow:
    return StaleRow(
        by=str(row.by) if row else "",
        version=row.version if row else 0,
        current=row_values(row, kind) if row else None,
        typed=dict(values),
    )
