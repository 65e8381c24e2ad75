"""What the form of every row has: choices that are read once, and values the way they are saved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from applications.fingerprints import fingerprint
from applications.forms.tables.fields import Choice
from applications.models import Application
from applications.row_columns import COLUMNS

Pairs = Sequence[tuple[Any, str]]
Saved = Mapping[str, Any]
"""A row as `documents.related_rows` reads it."""

POINTING = {
    "party": "party_id",
    "host": "host_id",
    "country": "country_id",
    "objective": "objective_id",
}
"""Fields that choose something, and the columns that keep it."""

LABEL_LENGTH = 60


@dataclass(frozen=True)
class RowChoices:
    """What rows choose from, read with the application; options are written out once for all."""

    parties: Pairs
    objectives: Pairs
    objective_ids: Mapping[str, int]
    countries: Pairs
    written: dict[tuple[str, str], dict[str, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def of(self, name: str) -> Pairs | None:
        return {
            "party": self.parties,
            "host": self.parties,
            "objective": self.objectives,
            "country": self.countries,
        }.get(name)


def row_choices(application: Application) -> RowChoices:
    """Of an application read `with_related` for its tables."""
    objectives = getattr(application, "read_objectives", [])
    name = "name_en" if get_language() == "en" else "name_sv"
    countries = [(row["id"], row[name]) for row in getattr(application, "read_countries", [])]
    return RowChoices(
        parties=[(each.party_id, str(each.organisation)) for each in application.parties.all()],
        objectives=objective_labels(objectives),
        objective_ids={row["key"]: row["id"] for row in objectives},
        countries=sorted(countries, key=lambda pair: pair[1]),
    )


def objective_labels(rows: Sequence[Saved]) -> Pairs:
    """Objectives as indicators name them: by number, with how they begin."""
    numbered = enumerate(rows, start=1)
    return [(row["key"], f"{number}. {_begins(row['text'])}") for number, row in numbered]


def _begins(text: str) -> str:
    return Truncator(text.strip() or gettext("(empty)")).chars(LABEL_LENGTH)


class RowForm(forms.Form):
    """One row. Nothing is required; what is wrong is said at the field, and the row not saved."""

    table: str

    def __init__(
        self, choices: RowChoices, key: str, data=None, *, saved: Saved | None = None
    ) -> None:
        shown = initial_of(self.table, saved) if saved else {}
        super().__init__(data, initial=shown, prefix=key, use_required_attribute=False)
        self.choices = choices
        for name, cell in self.fields.items():
            if isinstance(cell, Choice):
                self._offer(name, cell, saved)
            looks = _look(cell), cell.widget.attrs.get("class", "")
            cell.widget.attrs["class"] = " ".join(filter(None, looks))

    def values(self) -> dict[str, Any]:
        """Every column the way it is saved. Only of a valid form."""
        cleaned = {POINTING.get(name, name): value for name, value in self.cleaned_data.items()}
        if "objective_id" in cleaned:
            cleaned["objective_id"] = self.choices.objective_ids.get(cleaned["objective_id"])
        return {name: cleaned[name] for name in COLUMNS[self.table].columns}

    def _offer(self, name: str, cell: Choice, saved: Saved | None) -> None:
        offered = self.choices.of(name)
        pairs = cell.choices if offered is None else offered
        cell.choices = [("", cell.empty), *pairs]
        gone = _gone(name, self.initial.get(name), offered, saved)
        if gone:
            cell.widget.choices = [*cell.choices, gone]
        else:
            cell.widget.written = self.choices.written[self.table, name]


def initial_of(table: str, saved: Saved) -> dict[str, Any]:
    """A saved row as its form shows it."""
    values = saved_values(table, saved)
    if "objective_id" in values:
        values["objective_id"] = saved["objective_key"] or ""
    fields = {column: name for name, column in POINTING.items()}
    return {fields.get(column, column): value for column, value in values.items()}


def saved_values(table: str, saved: Saved) -> dict[str, Any]:
    """A saved row's values the way `actions.save_row` takes them."""
    columns = COLUMNS[table]
    values = {name: saved[name] for name in columns.columns}
    for name in columns.days:
        values[name] = date.fromisoformat(saved[name]) if saved[name] else None
    return values


def mark(values: Mapping[str, Any]) -> str:
    """The fingerprint of a row's values."""
    return fingerprint(dict(values))


def is_blank(values: Mapping[str, Any]) -> bool:
    """Nothing has been written or chosen."""
    return not any(values.values())


def _gone(
    name: str, value: Any, offered: Pairs | None, saved: Saved | None
) -> tuple[Any, str] | None:
    """What the row has chosen and nobody can choose any longer, to be shown all the same."""
    if offered is None or not value or value in {key for key, _label in offered}:
        return None
    told = (saved or {}).get("party_name") if name in {"party", "host"} else ""
    return value, told or str(value)


def _look(cell: forms.Field) -> str:
    if isinstance(cell, Choice):
        return "form-select"
    return "form-check-input" if isinstance(cell, forms.BooleanField) else "form-control"
