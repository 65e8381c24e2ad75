"""Cells of a table in a Word file, as the fields of a row's form take them.

What is not understood goes through as it stands: the form then says what is wrong with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.utils import translation

from accounts.states import Language
from applications.documents.table_columns import columns_of
from applications.documents.word.offline_reading import ReadTable
from applications.forms.guarded import DayField
from applications.forms.tables.base import POINTING, RowForm
from applications.models import Application
from applications.row_columns import COLUMNS
from applications.states import ActorKind

FIELDS = {column: name for name, column in POINTING.items()}
"""The field that asks for a column, where it is called otherwise."""

YES = frozenset({"ja", "yes", "x", "1", "true", "sant", "✓", "☒", "☑"})
NO = frozenset({"nej", "no", "-", "–", "0", "false", "falskt", "☐"})
MONTHS = (
    *(("jan",), ("feb",), ("mar",), ("apr",), ("maj", "may"), ("jun",)),
    *(("jul",), ("aug",), ("sep",), ("okt", "oct"), ("nov",), ("dec",)),
)
_ISO = re.compile(r"([0-9]{4})[-./ ]?([0-9]{1,2})[-./ ]?([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})[./ -]+([0-9]{1,2})[./ -]+([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})\.?\s+([^\W\d_]{3,})\.?\s+([0-9]{4})")


@dataclass(frozen=True)
class Names:
    """What choices are called in either language: the value by what one may have written."""

    parties: Mapping[str, str]
    countries: Mapping[str, str]
    objectives: Mapping[int, str] = field(default_factory=dict)
    """The key of an objective by its number in the file."""


def names_of(application: Application, objectives: Mapping[int, str]) -> Names:
    """Of an application read `with_related` for its tables."""
    parties = application.parties.all()
    countries = getattr(application, "read_countries", [])
    return Names(
        parties={plain(str(each.organisation)): str(each.party_id) for each in parties},
        countries={
            plain(row[f"name_{language}"]): str(row["id"])
            for row in countries
            for language in Language.values
        },
        objectives=objectives,
    )


def places_of(table: ReadTable, kind: str) -> dict[str, int]:
    """Where each column stands in the file: by its heading, else in our order if none is gone."""
    found: dict[str, int] = {}
    headings = [plain(heading) for heading in table.headings]
    for language in Language.values:
        with translation.override(language):
            for column in columns_of(kind):
                if plain(column.label) in headings:
                    found.setdefault(column.name, headings.index(plain(column.label)))
    if len(headings) == len(COLUMNS[kind].columns):
        free = [place for place in range(len(headings)) if place not in found.values()]
        for place in free:
            found.setdefault(COLUMNS[kind].columns[place], place)
    return found


def typed(
    form: type[RowForm], cells: Sequence[str], places: Mapping[str, int], names: Names
) -> dict[str, str]:
    """What would have been typed into the fields of the row's form."""
    found = {}
    for column, place in places.items():
        name = FIELDS.get(column, column)
        text = cells[place] if place < len(cells) else ""
        value = _value(form.base_fields[name], name, text, names)
        if value:
            found[name] = value
    return found


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _value(cell: forms.Field, name: str, text: str, names: Names) -> str:
    if isinstance(cell, forms.BooleanField):
        return _yes_or_no(text)
    if isinstance(cell, DayField):
        return _day(text)
    if name in {"party", "host"}:
        return names.parties.get(plain(text), text)
    if name == "country":
        return names.countries.get(plain(text), text)
    if name == "objective":
        return _objective(text, names)
    if name == "kind":
        return _actor(text)
    return text


def _yes_or_no(text: str) -> str:
    """Nothing where nothing is said."""
    if plain(text) in YES:
        return "on"
    return "false" if plain(text) in NO else text.strip()


def _day(text: str) -> str:
    """2027-09-01, 1 september 2027, 1.9.2027 and 1/9/2027 are the same day."""
    said = text.strip()
    if found := _ISO.fullmatch(said):
        return _iso(found[1], found[2], found[3]) or text
    if found := _NUMBERS.fullmatch(said):
        return _iso(found[3], found[2], found[1]) or text
    if found := _WORDS.fullmatch(said):
        month = next((n for n, names in enumerate(MONTHS, 1) if _is_month(found[2], names)), 0)
        return _iso(found[3], month, found[1]) or text
    return text


def _is_month(word: str, names: Sequence[str]) -> bool:
    return word.casefold().startswith(names)


def _iso(year: str, month: str | int, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _objective(text: str, names: Names) -> str:
    """By its number, with or without what it says after it."""
    found = re.match(r"\s*([0-9]{1,3})\b", text)
    return names.objectives.get(int(found[1]), text) if found else text


def _actor(text: str) -> str:
    for language in Language.values:
        with translation.override(language):
            for value, label in ActorKind.choices:
                if plain(str(label)) == plain(text):
                    return value
    return text
