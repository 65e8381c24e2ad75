"""Tables: rows that are missing, begun and not finished, or make no sense.

A table that is not required is not asked to be finished, but what stands in it has to make sense.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import Missing, QuestionFact
from applications.completeness.row_words import WORDS, column_list, row_name
from applications.row_columns import COLUMNS, PERSONS
from applications.states import QuestionKind
from funding.periods import year_spans
from funding.states import Phase
from icld_portal.clock import local_date

Row = Mapping[str, Any]
Found = Iterable[Missing]

TWICE_A_YEAR = 2
"""Exchange visits, where the schedule of the round says nothing else."""


def missing_tables(
    content: Mapping[str, Any], persons: Mapping[str, Any], questions: Iterable[QuestionFact]
) -> Found:
    tables = content.get("tables", {})
    for question in questions:
        if question.kind in COLUMNS:
            rows = _with_names(tables.get(question.kind, []), persons, question.kind)
            if question.required:
                yield from _count(content, question, rows)
                yield from _unfinished(question, rows)
            yield from _too_many(content, question, rows)
            yield from _nonsense(content, question, rows)


def _with_names(rows: Sequence[Row], persons: Mapping[str, Any], kind: str) -> list[Row]:
    if kind not in PERSONS:
        return list(rows)
    named = {row["key"]: row for row in persons.get(kind, [])}
    return [{**row, **named.get(row["key"], {})} for row in rows]


# --- how many


def _count(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    """Each kind counts in its own way; the rest by the question's fewest rows."""
    special = {
        QuestionKind.TEAM: _team,
        QuestionKind.VISITS: _visits,
        QuestionKind.ANCHORING: _anchoring,
        QuestionKind.INDICATORS: _indicators,
    }
    count = special.get(QuestionKind(question.kind))
    fewest = question.min_rows or 0
    if not rows and (count is None or question.kind == QuestionKind.INDICATORS):
        if fewest:
            message = _("Fill in: %(question)s")
            yield _at_table(question, message, "no_rows", fewest=fewest)
    elif count:
        yield from count(content, question, rows)
    elif len(rows) < fewest:
        message = _("%(question)s: there are %(count)s, at least %(fewest)s are asked for")
        yield _at_table(question, message, "too_few_rows", count=len(rows), fewest=fewest)


def _too_many(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    if not question.max_rows or question.kind == QuestionKind.TEAM:
        return
    if len(rows) > question.max_rows:
        message = _("%(question)s: there are %(count)s, at most %(most)s are allowed")
        figures = {"count": len(rows), "most": question.max_rows}
        yield _at_table(question, message, "too_many_rows", **figures)


def _team(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    """Three to five officials for every party, and one of them leads."""
    for party in _governments(content):
        members = [row for row in rows if row["party"] == party]
        figures = {"party": party, "count": len(members), "fewest": question.min_rows or 0}
        if len(members) < figures["fewest"]:
            message = _("%(question)s: %(party)s has %(count)s, at least %(fewest)s are asked for")
            yield _at_table(question, message, "too_few_members", **figures)
        if question.max_rows and len(members) > question.max_rows:
            message = _("%(question)s: %(party)s has %(count)s, at most %(most)s are allowed")
            figures["most"] = question.max_rows
            yield _at_table(question, message, "too_many_members", **figures)
        leads = sum(bool(row["leads"]) for row in members)
        if members and leads != 1:
            message = (
                _("%(question)s: say who leads the work with %(party)s")
                if leads == 0
                else _("%(question)s: only one can lead the work with %(party)s")
            )
            yield _at_table(question, message, "not_one_lead", party=party, count=leads)


def _visits(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    """At least two a year; in an inception one in each country."""
    if content["phase"] == Phase.PREPARATION:
        yield from _visit_each_country(content, question, rows)
        return
    wanted = (content["limits"] or {}).get("min_visits_a_year", TWICE_A_YEAR)
    fewest = question.min_rows or 0
    period = _period(content)
    if len(rows) < fewest and not period:
        message = _("%(question)s: there are %(count)s, at least %(fewest)s are asked for")
        yield _at_table(question, message, "too_few_rows", count=len(rows), fewest=fewest)
    counts = visits_a_year(*period, rows) if period else []
    for number, found in enumerate(counts, start=1):
        if found < wanted:
            message = _(
                "%(question)s: year %(year)s has %(found)s, at least %(wanted)s are asked for"
            )
            figures = {"year": number, "found": found, "wanted": wanted}
            yield _at_table(question, message, "too_few_visits", **figures)


def _visit_each_country(
    content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]
) -> Found:
    hosts = {row["host"] for row in rows}
    by_country: dict[str, list[str]] = {}
    for party in content["parties"]:
        by_country.setdefault(party["country"], []).append(party["name"])
    for names in by_country.values():
        if hosts.isdisjoint(names):
            message = _("%(question)s: plan a visit at %(party)s, so that each country has one")
            yield _at_table(question, message, "no_visit_in_country", party=names[0])


def visits_a_year(starts_on: date, ends_on: date, rows: Iterable[Row]) -> list[int]:
    """How many visits begin in each project year of a period."""
    begin = [str(row["starts_on"]) for row in rows if row["starts_on"]]
    spans = year_spans(starts_on, ends_on)
    return [sum(str(first) <= day <= str(last) for day in begin) for first, last in spans]


def _anchoring(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    decided = {row["party"] for row in rows}
    for party in _governments(content):
        if party not in decided:
            message = _("%(question)s: add the political decision of %(party)s, taken or expected")
            yield _at_table(question, message, "no_decision", party=party)


def _indicators(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    """At least one for each objective."""
    measured = {row["objective"] for row in rows}
    for number, objective in enumerate(_objectives(content), start=1):
        if objective["key"] not in measured:
            message = _("%(question)s: objective %(number)s has none")
            yield _at_table(question, message, "objective_without_indicator", number=number)


def _objectives(content: Mapping[str, Any]) -> Sequence[Row]:
    return content.get("tables", {}).get(QuestionKind.OBJECTIVES, [])


# --- rows that are begun


def _unfinished(question: QuestionFact, rows: Sequence[Row]) -> Found:
    for number, row in enumerate(rows, start=1):
        lacks = [name for name in WORDS[question.kind].needed if row[name] in ("", None)]
        if lacks:
            message = _("%(row)s: fill in %(columns)s")
            figures = {"columns": column_list(question.kind, lacks)}
            yield _at_row(question, number, row, lacks[0], message, "unfinished_row", **figures)


def _nonsense(content: Mapping[str, Any], question: QuestionFact, rows: Sequence[Row]) -> Found:
    for number, row in enumerate(rows, start=1):
        yield from _days(content, question, number, row)
        yield from _taken_later(content, question, number, row)
        yield from _gone_party(content, question, number, row)
        yield from _long_texts(question, number, row)


def _long_texts(question: QuestionFact, number: int, row: Row) -> Found:
    for name, limit in COLUMNS[question.kind].prose.items():
        length = len(row[name])
        if length > limit:
            message = _("%(row)s: shorten %(columns)s, %(length)s characters of at most %(limit)s")
            columns = column_list(question.kind, [name])
            figures = {"columns": columns, "length": length, "limit": limit}
            yield _at_row(question, number, row, name, message, "too_long", **figures)


def _days(content: Mapping[str, Any], question: QuestionFact, number: int, row: Row) -> Found:
    """First and last day of an activity or a visit: in order, and within the period."""
    if "ends_on" not in row:
        return
    first, last = row["starts_on"], row["ends_on"]
    if first and last and last < first:
        message = _("%(row)s: the last day is before the first")
        yield _at_row(question, number, row, "ends_on", message, "days_in_wrong_order")
        return
    period = _period(content)
    for name in ("starts_on", "ends_on") if period else ():
        if row[name] and not period[0] <= date.fromisoformat(row[name]) <= period[1]:
            message = _("%(row)s: %(day)s lies outside the period of the application")
            figures = {"day": date.fromisoformat(row[name])}
            yield _at_row(question, number, row, name, message, "outside_period", **figures)
            return


def _taken_later(
    content: Mapping[str, Any], question: QuestionFact, number: int, row: Row
) -> Found:
    """A political decision said to be taken, on a day after the last one to hand in."""
    closes_at = datetime.fromisoformat(content["round"]["closes_at"])
    is_late = bool(row.get("decided_on")) and row["decided_on"] >= str(local_date(closes_at))
    if is_late and row.get("is_taken"):
        message = _("%(row)s: the decision cannot have been taken on %(day)s, which is to come")
        figures = {"day": date.fromisoformat(row["decided_on"])}
        yield _at_row(question, number, row, "decided_on", message, "taken_later", **figures)


def _gone_party(content: Mapping[str, Any], question: QuestionFact, number: int, row: Row) -> Found:
    name = "host" if "host" in row else "party"
    if row.get(name) and row[name] not in {party["name"] for party in content["parties"]}:
        message = _("%(row)s: %(party)s no longer takes part, choose another party")
        yield _at_row(question, number, row, name, message, "not_a_party", party=row[name])


# --- where


def _at_table(question: QuestionFact, message: Any, code: str, **figures: Any) -> Missing:
    figures = {"question": question.label, **figures}
    return Missing(question.section, question.key, message, figures, code=code)


def _at_row(
    question: QuestionFact,
    number: int,
    row: Row,
    column: str,
    message: Any,
    code: str,
    **figures: Any,
) -> Missing:
    figures = {"row": row_name(question.kind, number, row), **figures}
    return Missing(question.section, f"{row['key']}-{column}", message, figures, code=code)


def _governments(content: Mapping[str, Any]) -> list[str]:
    return [party["name"] for party in content["parties"] if party["government"]]


def _period(content: Mapping[str, Any]) -> tuple[date, date] | None:
    period = content["period"]
    if not (period["starts_on"] and period["ends_on"]):
        return None
    return date.fromisoformat(period["starts_on"]), date.fromisoformat(period["ends_on"])
