"""Rows of a filled-in form beside the saved ones: what is new, what differs, what is left out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _

from applications.actions import TakenRow
from applications.documents.questions_told import ToldQuestion
from applications.documents.word.offline_reading import ReadRow, ReadTable
from applications.forms.content import version_number
from applications.forms.guarded import shown
from applications.forms.offline_cells import Names, names_of, places_of, typed
from applications.forms.tables.base import (
    RowChoices,
    RowForm,
    Saved,
    initial_of,
    is_blank,
    objective_labels,
    row_choices,
    saved_values,
)
from applications.forms.tables.cards import saved_card
from applications.forms.tables.kinds import ROW_FORMS
from applications.models import Application
from applications.states import QuestionKind
from applications.texts.typed import clean
from icld_portal.refusals import Refusal

MOST = 500
"""Rows of one file that are looked at; no form has room for them."""


@dataclass(frozen=True)
class LeftOut:
    """A cell that cannot be kept: what it says, and why."""

    label: str
    text: str
    why: str


@dataclass(frozen=True)
class Cell:
    """`before` is what stands saved, None in a new row."""

    label: str
    text: str
    before: str | None = None


@dataclass
class RowPlace:
    """One row. `data`: by the fields of its form. `stands`: the saved row is as it was when the
    file was made."""

    question: ToldQuestion
    key: str
    version: int
    data: dict[str, str]
    form: RowForm
    saved: Saved | None = None
    left_out: list[LeftOut] = field(default_factory=list)
    take: bool = True
    stands: bool = False
    refusal: Refusal | None = None

    @property
    def is_new(self) -> bool:
        return self.saved is None

    @property
    def cells(self) -> list[Cell]:
        """What a new row says; of a saved one what differs, with what it said."""
        before = self._before()
        return [
            Cell(str(cell.label), shown(cell), shown(before[cell.name]) if before else None)
            for cell in self.form
            if before is None or shown(cell) != shown(before[cell.name])
            if before is not None or cell.value()
        ]

    def _before(self) -> RowForm | None:
        if self.saved is None:
            return None
        return saved_card(self.question.kind, self.form.choices, self.saved, 0).form

    @property
    def posted(self) -> str:
        """The row the way the page carries it."""
        row = {"kind": self.question.kind, "key": self.key, "version": self.version}
        return json.dumps(row | {"data": self.data})

    def taken(self) -> TakenRow:
        values = self.form.values()
        objective = self.form.cleaned_data.get("objective")
        return TakenRow(
            kind=self.question.kind,
            key=UUID(self.key),
            version=self.version,
            values=values,
            objective=UUID(objective) if objective else None,
        )


@dataclass
class RowReader:
    """Reads the tables of one file for one application, read `with_related` for its tables."""

    application: Application
    questions: Mapping[str, ToldQuestion]
    choices: RowChoices
    same: int = 0

    def places(self, tables: Sequence[ReadTable], *, take: bool) -> list[RowPlace]:
        """The rows of the file that are not saved as they are."""
        asked = [table for table in tables if self._asks(table)]
        asked.sort(key=lambda table: self.questions[table.key].kind != QuestionKind.OBJECTIVES)
        found: list[RowPlace] = []
        numbers: dict[int, str] = {}
        for table in asked:
            question = self.questions[table.key]
            keys = [self._key(question, row) for row in table.rows[:MOST]]
            if question.kind == QuestionKind.OBJECTIVES:
                numbers = {row.number: key for row, key in zip(table.rows, keys, strict=False)}
            names = names_of(self.application, numbers or self._saved_numbers())
            where = places_of(table, question.kind)
            rows = [
                self._read(question, key, row, where, names)
                for row, key in zip(table.rows, keys, strict=False)
            ]
            if question.kind == QuestionKind.OBJECTIVES:
                self._offer(rows)
            found += self._worth(rows, take=take)
        return found

    def posted(self, texts: Sequence[str], chosen: Iterable[str]) -> list[RowPlace]:
        """The rows of a page that was posted."""
        rows = [row for text in texts[:MOST] if (row := _loaded(text, self.questions))]
        objectives = [row for row in rows if row["kind"] == QuestionKind.OBJECTIVES]
        kinds = {question.kind: question for question in self.questions.values()}
        found, keys = [], set(chosen)
        for row in [*objectives, *(row for row in rows if row not in objectives)]:
            place = self._place(kinds[row["kind"]], row["key"], row["version"], row["data"])
            if row["kind"] == QuestionKind.OBJECTIVES:
                self._offer([place])
            place.take = row["key"] in keys
            found.append(place)
        return found

    def _asks(self, table: ReadTable) -> bool:
        return table.key in self.questions and self.questions[table.key].is_table

    def _rows(self, kind: str) -> Sequence[Saved]:
        return getattr(self.application, f"read_{kind}")

    def _saved_numbers(self) -> dict[int, str]:
        rows = getattr(self.application, f"read_{QuestionKind.OBJECTIVES}", [])
        return {number: row["key"] for number, row in enumerate(rows, start=1)}

    def _key(self, question: ToldQuestion, row: ReadRow) -> str:
        """The key of the saved row that it is; else one of its own."""
        rows = self._rows(question.kind) if row.key else ()
        keys = [saved["key"] for saved in rows if saved["key"].startswith(row.key)]
        return keys[0] if keys else str(uuid4())

    def _read(
        self,
        question: ToldQuestion,
        key: str,
        row: ReadRow,
        where: Mapping[str, int],
        names: Names,
    ) -> RowPlace:
        data = typed(ROW_FORMS[question.kind], row.cells, where, names)
        place = self._place(question, key, None, data)
        place.stands = place.saved is not None and place.saved["version"] == row.version
        return place

    def _place(
        self, question: ToldQuestion, key: str, version: int | None, data: dict[str, str]
    ) -> RowPlace:
        """`version`: that the row was read beside; None for the one that stands now."""
        saved = next((row for row in self._rows(question.kind) if row["key"] == key), None)
        stands = _as_posted(question.kind, saved) if saved else {}
        form, left_out, data = self._form(question.kind, key, data, stands)
        if version is None:
            version = saved["version"] if saved else 0
        return RowPlace(question, key, version, data, form, saved, left_out)

    def _form(
        self, kind: str, key: str, data: dict[str, str], stands: dict[str, str]
    ) -> tuple[RowForm, list[LeftOut], dict[str, str]]:
        """The row without the cells that cannot be kept; `stands` is what is saved where the file
        says nothing, so that a file empties nothing."""
        unsure = _unsure(kind, data)
        wanted = stands | {name: value for name, value in data.items() if name not in unsure}
        form = ROW_FORMS[kind](self.choices, key, _named(key, wanted))
        form.is_valid()
        wrong = {name: " ".join(why) for name, why in form.errors.items() if name in form.fields}
        if not (wrong or unsure):
            return form, [], wanted
        wrong |= dict.fromkeys(unsure, _("Write yes or no."))
        left_out = [
            LeftOut(str(form[name].label), data.get(name, ""), why) for name, why in wrong.items()
        ]
        kept = stands | {name: value for name, value in data.items() if name not in wrong}
        form = ROW_FORMS[kind](self.choices, key, _named(key, kept))
        form.is_valid()
        return form, left_out, kept

    def _offer(self, rows: Sequence[RowPlace]) -> None:
        """Objectives of the file can be chosen by its indicators."""
        known = {key for key, _label in self.choices.objectives}
        new = [row for row in rows if row.key not in known]
        told = [{"key": row.key, "text": row.data.get("text", "")} for row in new]
        labels = [*self.choices.objectives, *objective_labels(told)]
        self.choices = replace(self.choices, objectives=labels)

    def _worth(self, rows: Sequence[RowPlace], *, take: bool) -> Iterable[RowPlace]:
        """Those that say something else than what is saved. Nothing is emptied by a file."""
        for row in rows:
            values = row.form.values()
            if is_blank(values) and not row.left_out:
                continue
            if any(_same(row, values, saved) for saved in self._rows(row.question.kind)):
                self.same += 1
                continue
            row.take = take and (row.is_new or row.stands) and not row.left_out
            yield row


def row_reader(application: Application, questions: Iterable[ToldQuestion]) -> RowReader:
    by_key = {question.key: question for question in questions if question.is_table}
    return RowReader(application, by_key, row_choices(application))


def _same(row: RowPlace, values: Mapping[str, Any], saved: Saved) -> bool:
    """A saved row that says the same: itself, or, for a row that was added in the file, any."""
    if row.saved is not None and saved["key"] != row.key:
        return False
    return not row.left_out and values == saved_values(row.question.kind, saved)


def _as_posted(kind: str, saved: Saved) -> dict[str, str]:
    """A saved row as its form would be posted."""
    values = {name: value for name, value in initial_of(kind, saved).items() if value}
    return {name: "on" if value is True else str(value) for name, value in values.items()}


def _unsure(kind: str, data: Mapping[str, str]) -> list[str]:
    """Fields of yes or no that say something else."""
    fields = ROW_FORMS[kind].base_fields
    ticks = [name for name in data if isinstance(fields[name], forms.BooleanField)]
    return [name for name in ticks if data[name] not in {"on", "false"}]


def _named(key: str, data: Mapping[str, str]) -> dict[str, str]:
    return {f"{key}-{name}": value for name, value in data.items()}


def _loaded(text: str, questions: Mapping[str, ToldQuestion]) -> dict[str, Any] | None:
    """A posted row; None for anything that is none."""
    try:
        row = json.loads(text)
        fields = ROW_FORMS[row["kind"]].base_fields
        found = {
            "kind": row["kind"],
            "key": str(UUID(row["key"])),
            "version": version_number(str(row["version"])),
            "data": {
                name: clean(value)
                for name, value in row["data"].items()
                if name in fields and isinstance(value, str)
            },
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found if found["kind"] in {each.kind for each in questions.values()} else None
