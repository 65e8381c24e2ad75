"""The forms as the data files describe them: the short first version, the full second one."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from applications.states import SectionPage
from funding.states import SEATED_PHASES
from icld_portal.reference import entries

HERE = Path(__file__).parent

Row = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """One version of one phase's form. Rows hold the columns of their tables; a question's
    `section` is the section's key."""

    phase: str
    number: int
    sections: list[Row]
    questions: list[Row]
    attachments: list[Row]


def forms() -> list[Form]:
    return [*_first(), *_second()]


def parts() -> dict[str, Row]:
    """Every part of the full form by its key; `covers`: its numbers in the programme's list."""
    return {row["key"]: row for row in entries(HERE, "parts", "part")}


def _first() -> Iterable[Form]:
    sections = entries(HERE, "sections", "section")
    for row in entries(HERE, "questions", "form"):
        seated = row["phase"] in SEATED_PHASES
        shown = [each for each in sections if seated or each["page"] != SectionPage.SEATS]
        yield Form(row["phase"], row["number"], shown, row["question"], [])


def _second() -> Iterable[Form]:
    described = {row["key"]: row for row in entries(HERE, "forms", "section")}
    requested = {row["kind"]: row for row in entries(HERE, "forms", "attachment")}
    known = parts()
    for row in entries(HERE, "forms", "form"):
        sections = [described[key] for key in row["asks"]]
        questions = [
            _question(known[key] | row["differs"].get(key, {}), section)
            for section, keys in row["asks"].items()
            for key in keys
        ]
        attachments = [
            requested[kind] | row["differs"].get(kind, {}) for kind in row["attachments"]
        ]
        yield Form(
            row["phase"],
            row["number"],
            _in_order(sections),
            _in_order(questions),
            _in_order(attachments),
        )


def _question(part: Row, section: str) -> Row:
    told = {name: value for name, value in part.items() if name != "covers"}
    return {**told, "section": section}


def _in_order(rows: list[Row]) -> list[Row]:
    return [{**row, "order": order} for order, row in enumerate(rows, start=1)]
