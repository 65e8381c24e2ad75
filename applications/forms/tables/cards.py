"""One row as its card shows it: saved, or typed and not saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from applications.actions import DeletedRow
from applications.forms.content import version_number
from applications.forms.guarded import Difference, shown
from applications.forms.tables import summaries
from applications.forms.tables.base import (
    POINTING,
    RowChoices,
    RowForm,
    Saved,
    is_blank,
    mark,
    saved_values,
)
from applications.forms.tables.kinds import ROW_FORMS
from applications.refusals import StaleRow

BLANK = "__key__"
"""The key of the card that a script makes new ones from."""


@dataclass
class RowCard:
    """`version`: what it began from (0: new). `was`: the fingerprint of what it was filled with, so
    that a row nobody has touched is not saved over a colleague's. `deleted`: a row that was just
    deleted and can be put back. `again`: put back what somebody has deleted."""

    table: str
    key: str
    form: RowForm
    number: int = 0
    version: int = 0
    was: str = ""
    by: str = ""
    at: datetime | None = None
    is_copied: bool = False
    is_open: bool = False
    unsaved: bool = False
    conflict: StaleRow | None = None
    differences: list[Difference] = field(default_factory=list)
    deleted: DeletedRow | None = None
    again: DeletedRow | None = None

    @property
    def uuid(self) -> UUID:
        return UUID(self.key)

    @property
    def title(self) -> str:
        return summaries.title(self.form)

    @property
    def bits(self) -> list[str]:
        return summaries.bits(self.form)

    @property
    def touched(self) -> bool:
        """Something to save: what differs from what it was filled with, or is wrong."""
        if not self.form.is_bound:
            return False
        if not self.form.is_valid():
            return True
        values = self.form.values()
        return mark(values) != self.was if self.was else not is_blank(values)

    @property
    def is_gone(self) -> bool:
        return self.conflict is not None and self.conflict.figures["current"] is None

    def saved(self, version: int, by, at: datetime) -> None:
        """What stands saved now."""
        self.version, self.was = version, mark(self.form.values())
        self.by, self.at, self.is_copied = str(by), at, False
        self.unsaved, self.conflict, self.again = False, None, None

    def refused(self, stale: StaleRow | None = None) -> None:
        """Keep what was typed; after a conflict a new save replaces the row shown beside it, or
        puts the row back."""
        self.unsaved = self.is_open = True
        if stale is None:
            return
        self.conflict = stale
        theirs = stale.figures["current"]
        if theirs is None:
            self.again = DeletedRow(self.version)
            return
        self.version, self.was = stale.figures["version"], mark(theirs)
        self.differences = _differences(self.form, theirs) if self.form.is_valid() else []

    def theirs(self) -> dict[str, Any]:
        """The row as it stands saved, the way its cells write it: for a script that chooses."""
        form = _filled(self.form, self.conflict.figures["current"])
        return {cell.name: _written(cell) for cell in form}


def saved_card(table: str, choices: RowChoices, row: Saved, number: int) -> RowCard:
    """The card of a saved row, as read with the application."""
    form = ROW_FORMS[table](choices, row["key"], saved=row)
    return RowCard(
        table,
        row["key"],
        form,
        number,
        row["version"],
        mark(saved_values(table, row)),
        row["by"] or "",
        datetime.fromisoformat(row["at"]),
        is_copied=bool(row["copied"]),
    )


def posted_card(table: str, choices: RowChoices, key: str, data: Mapping[str, str]) -> RowCard:
    """The card of a row as it was posted, whether or not it is saved."""
    form = ROW_FORMS[table](choices, key, data)
    version = version_number(data.get(f"{key}-version", ""))
    card = RowCard(table, key, form, version=version, was=data.get(f"{key}-was", ""))
    if data.get(f"{key}-again"):
        card.again = _deleted(key, data)
    return card


def blank_card(table: str, choices: RowChoices, key: str = BLANK, number: int = 0) -> RowCard:
    """A new row that nothing has been written in."""
    return RowCard(table, key, ROW_FORMS[table](choices, key), number, is_open=True)


def _deleted(key: str, data: Mapping[str, str]) -> DeletedRow:
    order = data.get(f"{key}-order", "")
    return DeletedRow(
        version=version_number(data.get(f"{key}-version", "")),
        order=version_number(order) if order else None,
        indicators=tuple(_uuids(data.get(f"{key}-indicators", ""))),
    )


def _uuids(text: str) -> list[UUID]:
    found = []
    for part in text.split():
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found


def _differences(form: RowForm, theirs: Mapping[str, Any]) -> list[Difference]:
    """The cells that differ, each with both sides in words."""
    typed = form.values()
    other = _filled(form, theirs)
    return [
        Difference(str(cell.label), shown(other[cell.name]), shown(cell), cell.id_for_label)
        for cell in form
        if typed[POINTING.get(cell.name, cell.name)] != theirs[POINTING.get(cell.name, cell.name)]
    ]


def _filled(form: RowForm, values: Mapping[str, Any]) -> RowForm:
    """The same row with other values."""
    saved = _as_read(form.choices, values)
    return ROW_FORMS[form.table](form.choices, form.prefix, saved=saved)


def _as_read(choices: RowChoices, values: Mapping[str, Any]) -> Saved:
    """Values as `related_rows` would have read them."""
    row = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
    if "objective_id" in row:
        keys = {pk: key for key, pk in choices.objective_ids.items()}
        row["objective_key"] = keys.get(row["objective_id"], "")
    return row


def _written(cell: forms.BoundField) -> Any:
    """What a cell would hold in the browser."""
    value = cell.value()
    if isinstance(cell.field, forms.BooleanField):
        return bool(value)
    text = cell.field.widget.format_value(cell.field.prepare_value(value))
    return "" if text is None else (text[0] if isinstance(text, list) else str(text))
