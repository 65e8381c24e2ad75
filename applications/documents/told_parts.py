"""A frozen application as a list of parts in words, so that two versions can be compared.

Reads no database. Each part has a place that is the same in every version: the key of a question, a
row's own key, an organisation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications.completeness import in_language
from applications.documents.told_tables import (
    NOTHING,
    ToldRow,
    ToldTable,
    told_goals,
    told_tables,
)
from funding.states import Phase
from icld_portal import formats
from partnerships.states import SeatRole, Side

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One part: what it is called, and what it says."""

    place: str
    label: str
    text: str


def told_parts(content: Content) -> dict[str, Part]:
    """Every part that says something, by its place, in the order in which one reads.

    `content` is a submission's `data`: the frozen content with the names under `persons`.
    """
    parts = [
        *_basics(content),
        *_parties(content),
        *_answers(content),
        *_areas(content),
        *_tables(content),
        *_seats(content),
        *_budget(content),
        *_files(content),
        *_signatories(content),
        *_declarations(content),
    ]
    return {part.place: part for part in parts if part.text}


def _basics(content: Content) -> Iterable[Part]:
    yield Part("phase", _("Type of application"), str(Phase(content["phase"]).label))
    yield Part("title-sv", _("Title in Swedish"), content["titles"]["sv"])
    yield Part("title-en", _("Title in English"), content["titles"]["en"])
    first, last = (content["period"][name] for name in ("starts_on", "ends_on"))
    if first and last:
        days = date.fromisoformat(first), date.fromisoformat(last)
        yield Part("period", _("Period"), formats.period(*days))
    reason = content["no_preparation_reason"]
    yield Part("no_preparation_reason", _("Why without an inception first"), reason)
    yield Part("own-dnr", _("Your own registration number"), content["own"]["dnr"])
    yield Part("own-board", _("Committee or board"), content["own"]["board"])


def _parties(content: Content) -> Iterable[Part]:
    for row in content["parties"]:
        yield Part(f"party-{row['organisation']}", str(Side(row["side"]).label), row["name"])


def _answers(content: Content) -> Iterable[Part]:
    languages = {"sv": _("in Swedish"), "en": _("in English")}
    for row in content["answers"]:
        label = f"{in_language(row)} ({languages[row['language']]})"
        yield Part(f"answer-{row['key']}-{row['language']}", label, row["text"])


def _areas(content: Content) -> Iterable[Part]:
    areas = content["areas"]
    names = {row["key"]: in_language(row) for row in areas["all"]}
    yield Part("main-area", _("Main area of cooperation"), names.get(areas["main"], ""))
    others = [name for key, name in names.items() if key != areas["main"]]
    yield Part("areas", _("Areas of cooperation"), ", ".join(others))
    for row in content["core_areas"]:
        label = _("Core area: %(core_area)s") % {"core_area": in_language(row)}
        yield Part(f"core-{row['key']}", label, row["reason"] or "–")
    main = _("a main one")
    goals = [
        f"{row['number']} {row['label']}" + (f" ({main})" if row["main"] else "")
        for row in told_goals(content)
    ]
    yield Part("goals", _("Global Goals"), ", ".join(goals))


def _tables(content: Content) -> Iterable[Part]:
    for table in told_tables(content):
        for group in table.groups:
            if group.row:
                yield _row(table, group.row)
            for row in group.rows:
                yield _row(table, row, "" if group.row else group.heading)


def _row(table: ToldTable, row: ToldRow, *heading: str) -> Part:
    """A row as one line: "Uppstartsmöte · Malmö · 1 september 2027". Its number is no part of it:
    a row put in before it changes nothing in it."""
    lines = [line for cell in row.cells for line in cell.lines if line != NOTHING]
    label = f"{table.label} {row.number}" if row.number else table.label
    return Part(f"row-{row.key}", label, " · ".join(filter(None, [*heading, *lines])))


def _seats(content: Content) -> Iterable[Part]:
    named = {(row["party"], row["role"]): row for row in content["persons"]["seats"]}
    for seat in content["seats"]:
        person = named.get((seat["party"], seat["role"]), {})
        words = (person.get("name", ""), person.get("title", ""), seat["vacancy_reason"])
        label = f"{seat['party']}: {SeatRole(seat['role']).label}"
        place = f"seat-{seat['party']}-{seat['role']}"
        yield Part(place, label, ", ".join(filter(None, words)))


def _budget(content: Content) -> Iterable[Part]:
    for row in content["budget"]["lines"]:
        year = _("Year %(year)s") % {"year": row["project_year"]}
        what = row["description"] or row["activity"] or in_language(row)
        amount = formats.kronor(row["amount_sek"])
        yield Part(f"line-{row['key']}", f"{year}: {what}", f"{in_language(row)}, {amount}")
    total = formats.kronor(content["budget"]["total_sek"])
    yield Part("total", _("Applied for"), total)
    yield Part(
        "guideline_reason", _("Why more than the guideline amount"), content["guideline_reason"]
    )
    yield Part("visits_reason", _("Why fewer exchange visits"), content.get("visits_reason", ""))


def _files(content: Content) -> Iterable[Part]:
    for row in content.get("attachments", []):
        yield Part(f"file-{row['sha256']}", _("Attachment"), row["name"])


def _signatories(content: Content) -> Iterable[Part]:
    for row in content["persons"].get("signatories", []):
        words = [row[name] for name in ("name", "title", "mandate", "email")]
        label = _("Signatory for %(party)s") % {"party": row["party"]}
        yield Part(f"signatory-{row['organisation']}", label, ", ".join(filter(None, words)))


def _declarations(content: Content) -> Iterable[Part]:
    for row in content["declarations"]:
        made = _("Yes") if row["confirmed"] else _("No")
        yield Part(f"declared-{row['key']}", in_language(row), made)
