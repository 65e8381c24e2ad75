"""Tables and Global Goals as plain rows of a frozen copy: words and days, no ids."""

from collections.abc import Iterable, Mapping
from typing import Any

from applications.models import Question
from applications.row_columns import COLUMNS, PERSONS

Row = Mapping[str, Any]

PLACES = {"party_id": "party", "host_id": "host", "objective_id": "objective"}
"""Columns that point to something, and what they are called where it is told in words."""


def table_rows(found: Mapping[str, Iterable[Row]], kinds: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of each table that the form asks for, by its kind, in their order; names of persons
    are left out. Rows in which nothing has been written are no rows."""
    return {str(kind): [_frozen(kind, row) for row in _written(kind, found)] for kind in kinds}


def table_labels(questions: Iterable[Question]) -> dict[str, dict[str, str]]:
    """The tables as they were asked for, by kind."""
    return {
        question.kind: {"label_sv": question.label_sv, "label_en": question.label_en}
        for question in questions
        if question.kind in COLUMNS
    }


def named_rows(found: Mapping[str, Iterable[Row]], kind: str) -> list[dict[str, str]]:
    """Names and addresses of the persons in a table, each with the key of its row."""
    return [
        {"key": row["key"], **{name: row[name].strip() for name in PERSONS[kind]}}
        for row in _written(kind, found)
    ]


def goal_rows(found: Mapping[str, Iterable[Row]]) -> list[dict[str, Any]]:
    """The Global Goals that were chosen, by number."""
    return [{name: value for name, value in row.items() if name != "id"} for row in found["goals"]]


def _written(kind: str, found: Mapping[str, Iterable[Row]]) -> list[Row]:
    columns = COLUMNS[kind].columns
    return [row for row in found[kind] if any(_is_said(row[name]) for name in columns)]


def _is_said(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _frozen(kind: str, row: Row) -> dict[str, Any]:
    columns = [name for name in COLUMNS[kind].columns if name not in PERSONS.get(kind, ())]
    told: dict[str, Any] = {"key": row["key"]}
    for name in columns:
        told |= _told(name, row)
    return told


def _told(name: str, row: Row) -> dict[str, Any]:
    if name == "country_id":
        return {
            "country": row["code"],
            "country_sv": row["name_sv"],
            "country_en": row["name_en"],
        }
    if name in PLACES:
        pointed = row["objective_key"] if name == "objective_id" else row["party_name"]
        return {PLACES[name]: pointed or ""}
    value = row[name]
    return {name: value.strip() if isinstance(value, str) else value}
