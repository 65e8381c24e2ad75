"""The frozen tables in words, in the active language: what pages and PDFs show of them.

Reads no database. Copies from before the tables (schema 1 and 2) have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.completeness import in_language
from applications.risk_matrix import RiskMatrix, risk_matrix
from applications.states import ActorKind, QuestionKind
from icld_portal import formats

Row = Mapping[str, Any]
NOTHING = "–"


@dataclass(frozen=True)
class Cell:
    """`lines`: what it says, one below the other. `is_number`: set to the right. `label`: the
    heading of its column."""

    lines: tuple[str, ...]
    is_number: bool = False
    label: str = ""


@dataclass(frozen=True)
class ToldRow:
    """`key`: the row's own, the same in every version. `number`: as pages count it, or None."""

    key: str
    cells: Sequence[Cell]
    number: int | None = None


@dataclass(frozen=True)
class Group:
    """Rows under a heading, which may be empty. `row`: the row that the heading tells, if one."""

    heading: str
    rows: Sequence[ToldRow]
    row: ToldRow | None = None


@dataclass(frozen=True)
class ToldTable:
    kind: str
    label: str
    headings: Sequence[str]
    groups: Sequence[Group]
    matrix: RiskMatrix | None = None


def told_tables(content: Row) -> list[ToldTable]:
    """Of a submission's `data`: tables with something in them, in the order of the form's kinds."""
    tables = content.get("tables", {})
    labels = content.get("table_labels", {})
    found = []
    for kind, rows in tables.items():
        if rows and kind in TOLD:
            label = in_language(labels[kind]) if kind in labels else str(QuestionKind(kind).label)
            found.append(TOLD[kind](label, rows, content))
    return found


def told_goals(content: Row) -> list[Row]:
    """The Global Goals, the main ones first."""
    goals = sorted(content.get("goals", []), key=lambda row: (not row["main"], row["number"]))
    return [
        {"number": row["number"], "label": in_language(row), "main": row["main"]} for row in goals
    ]


# --- each kind


def _actors(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    headings = [_("Name"), _("Kind"), _("What they contribute")]
    told = [
        _told(
            headings,
            row,
            _cell(row["name"]),
            _cell(_actor(row), _country(row)),
            _cell(row["contribution"]),
        )
        for row in rows
    ]
    return ToldTable(QuestionKind.OTHER_ACTORS, label, headings, [Group("", told)])


def _objectives(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    """Each objective with the indicators by which one sees that it is reached."""
    headings = [_("Whose objective"), _("Objective")]
    told = [
        _told(headings, row, _cell(row["party"] or _together()), _cell(row["text"]), number=number)
        for number, row in enumerate(rows, start=1)
    ]
    measures = content["tables"].get(QuestionKind.INDICATORS, [])
    if not measures:
        return ToldTable(QuestionKind.OBJECTIVES, label, headings, [Group("", told)])
    groups = [
        Group(
            _objective(each.number, row),
            [_indicator(measure) for measure in measures if measure["objective"] == row["key"]],
            row=each,
        )
        for row, each in zip(rows, told, strict=True)
    ]
    return ToldTable(QuestionKind.OBJECTIVES, label, _indicator_headings(), groups)


def _loose_indicators(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    """Those that belong to no objective; the others stand with theirs."""
    known = {row["key"] for row in content["tables"].get(QuestionKind.OBJECTIVES, [])}
    loose = [_indicator(row) for row in rows if row["objective"] not in known]
    groups = [Group("", loose)] if loose else []
    return ToldTable(QuestionKind.INDICATORS, label, _indicator_headings(), groups)


def _activities(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    headings = [_("Activity"), _("Who and where"), _("When"), _("Cost")]
    told = [
        _told(
            headings,
            row,
            _cell(row["name"], row["description"], _named(_("Result"), row["result"])),
            _cell(row["party"] or _together(), row["place"], row["responsible"]),
            _cell(_days(row)),
            _cell(_kronor(row["cost_sek"]), is_number=True),
            number=number,
        )
        for number, row in enumerate(rows, start=1)
    ]
    return ToldTable(QuestionKind.ACTIVITIES, label, headings, [Group("", told)])


def _visits(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    headings = [_("Host"), _("When"), _("Travellers"), _("Purpose")]
    told = [
        _told(
            headings,
            row,
            _cell(row["host"]),
            _cell(_days(row)),
            _cell(_number(row["persons"])),
            _cell(row["purpose"]),
        )
        for row in rows
    ]
    return ToldTable(QuestionKind.VISITS, label, headings, [Group("", told)])


def _risks(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    headings = [_("Risk"), _("Probability × consequence"), _("Measure"), _("Responsible role")]
    told = [
        _told(
            headings,
            row,
            _cell(row["description"]),
            _cell(_product(row)),
            _cell(row["measure"]),
            _cell(row["responsible"]),
            number=number,
        )
        for number, row in enumerate(rows, start=1)
    ]
    groups = [Group("", told)]
    return ToldTable(QuestionKind.RISKS, label, headings, groups, risk_matrix(rows))


def _team(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    headings = [_("Name"), _("Title"), _("E-mail")]
    named = {row["key"]: row for row in content.get("persons", {}).get("team", [])}
    groups = [
        Group(
            party or _("No party chosen"),
            [
                _member(headings, row, named.get(row["key"], {}))
                for row in rows
                if row["party"] == party
            ],
        )
        for party in dict.fromkeys(row["party"] for row in rows)
    ]
    return ToldTable(QuestionKind.TEAM, label, headings, groups)


def _anchoring(label: str, rows: Sequence[Row], content: Row) -> ToldTable:
    headings = [_("Party"), _("Decision"), _("Reference"), _("Comment")]
    told = [
        _told(
            headings,
            row,
            _cell(row["party"]),
            _cell(row["body"], _decided(row)),
            _cell(row["own_dnr"], row["paragraph"]),
            _cell(row["note"]),
        )
        for row in rows
    ]
    return ToldTable(QuestionKind.ANCHORING, label, headings, [Group("", told)])


TOLD = {
    QuestionKind.OTHER_ACTORS: _actors,
    QuestionKind.OBJECTIVES: _objectives,
    QuestionKind.INDICATORS: _loose_indicators,
    QuestionKind.ACTIVITIES: _activities,
    QuestionKind.VISITS: _visits,
    QuestionKind.RISKS: _risks,
    QuestionKind.TEAM: _team,
    QuestionKind.ANCHORING: _anchoring,
}


# --- words


def _indicator_headings() -> list[str]:
    return [_("Indicator"), _("Baseline"), _("Target"), _("Source")]


def _cell(*lines: str, is_number: bool = False) -> Cell:
    said = tuple(line for line in lines if line)
    return Cell(said or (NOTHING,), is_number)


def _told(headings: Sequence[str], row: Row, *cells: Cell, number: int | None = None) -> ToldRow:
    labelled = [replace(cell, label=label) for label, cell in zip(headings, cells, strict=True)]
    return ToldRow(row["key"], labelled, number)


def _indicator(row: Row) -> ToldRow:
    cells = [_cell(row[name]) for name in ("indicator", "baseline", "target", "source")]
    return _told(_indicator_headings(), row, *cells)


def _objective(number: int, row: Row) -> str:
    figures = {"number": number, "party": row["party"] or _together(), "text": row["text"]}
    return _("Objective %(number)s (%(party)s): %(text)s") % figures


def _member(headings: Sequence[str], row: Row, person: Row) -> ToldRow:
    name, title, email = (person.get(part, "") for part in ("name", "title", "email"))
    named = _cell(name, _("leads the work") if row["leads"] else "")
    return _told(headings, row, named, _cell(title), _cell(email))


def _together() -> str:
    return _("All parties together")


def _actor(row: Row) -> str:
    return str(ActorKind(row["kind"]).label) if row["kind"] else ""


def _country(row: Row) -> str:
    return (row["country_en"] if get_language() == "en" else row["country_sv"]) or ""


def _days(row: Row) -> str:
    first, last = (_day(row[name]) for name in ("starts_on", "ends_on"))
    if first and last and first != last:
        return formats.period(first, last)
    return formats.day(first or last) if first or last else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decided(row: Row) -> str:
    if not row["decided_on"]:
        return _("taken") if row["is_taken"] else ""
    told = _("taken %(day)s") if row["is_taken"] else _("expected %(day)s")
    return told % {"day": formats.day(_day(row["decided_on"]))}


def _product(row: Row) -> str:
    one, other = row["probability"], row["consequence"]
    return f"{one} × {other} = {one * other}" if one and other else ""


def _named(name: str, text: str) -> str:
    return f"{name}: {text}" if text else ""


def _kronor(amount: int | None) -> str:
    return "" if amount is None else formats.kronor(amount)


def _number(value: int | None) -> str:
    return "" if value is None else formats.number(value)
