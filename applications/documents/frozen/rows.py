"""Rows of the database as plain rows of a frozen copy: keys, words and whole kronor, no ids."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation

from applications.declarations import DECLARATIONS
from applications.models import Application, Question
from funding.ceilings import CeilingResult
from partnerships.models import Seat

SIGNATORY_PARTS = ("name", "title", "mandate", "email", "language")


def party_rows(parties: Iterable) -> list[dict[str, Any]]:
    """The parties, the Swedish side and the leads first."""
    return [
        {
            "name": party.organisation.display_name,
            "organisation": str(party.organisation.public_id),
            "kind": party.organisation.kind.key,
            "government": party.organisation.kind.counts_as_government,
            "country": party.organisation.country.code,
            "country_sv": party.organisation.country.name_sv,
            "country_en": party.organisation.country.name_en,
            "region": party.organisation.country.region,
            "side": party.side,
            "lead": party.lead,
        }
        for party in parties
    ]


def answer_rows(application: Application, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Every non-empty answer with the question as it was asked, in the form's order."""
    texts = {
        (answer.question_key, answer.language): answer.text for answer in application.answers.all()
    }
    return [
        {
            "key": question.key,
            "label_sv": question.label_sv,
            "label_en": question.label_en,
            "language": language,
            "text": texts[question.key, language].strip(),
        }
        for question in questions
        for language in ("sv", "en")
        if texts.get((question.key, language), "").strip()
    ]


def declaration_rows(application: Application) -> list[dict[str, Any]]:
    """Every declaration as it was worded, and whether it was confirmed."""
    return [
        {
            "key": key,
            "confirmed": getattr(application, f"declared_{key}"),
            "label_sv": _in("sv", text),
            "label_en": _in("en", text),
        }
        for key, text in DECLARATIONS
    ]


def _in(language: str, text) -> str:
    with translation.override(language):
        return str(text)


def seat_rows(seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """The seats without the names of those who sit in them."""
    return [
        {
            "party": seat.party.organisation.display_name,
            "side": seat.party.side,
            "role": seat.role,
            "vacancy_reason": seat.vacancy_reason,
        }
        for seat in seats
    ]


def person_rows(application: Application, seats: Iterable[Seat]) -> dict[str, Any]:
    """The names of persons, kept apart so that they can be erased."""
    return {
        "signatories": signatory_rows(application),
        "seats": [
            {
                "party": seat.party.organisation.display_name,
                "role": seat.role,
                "name": seat.name,
                "title": seat.title,
            }
            for seat in seats
        ],
    }


def signatory_rows(application: Application) -> list[dict[str, Any]]:
    """Who may sign for each party, in the order of the parties; a party without one is left out."""
    named = {row["party_id"]: row for row in application.signatory_rows}
    rows = [(party, named.get(party.party_id)) for party in application.parties.all()]
    return [
        {
            "party": party.organisation.display_name,
            "organisation": str(party.organisation.public_id),
            **{part: row[part].strip() for part in SIGNATORY_PARTS},
        }
        for party, row in rows
        if row
    ]


def budget_rows(rows: Iterable, years: int) -> dict[str, Any]:
    """The budget's lines, its sum and the sum of every year, in whole kronor."""
    lines = [_budget_row(line) for line in rows]
    per_year = [0] * years
    for line in lines:
        if line["project_year"] <= years:
            per_year[line["project_year"] - 1] += line["amount_sek"]
    return {
        "lines": lines,
        "total_sek": sum(line["amount_sek"] for line in lines),
        "per_year_sek": per_year,
    }


def _budget_row(line) -> dict[str, Any]:
    return {
        "key": str(line.key),
        "project_year": line.project_year,
        "party": line.party.organisation.display_name,
        "side": line.party.side,
        "cost_type": line.cost_type.key,
        "label_sv": line.cost_type.label_sv,
        "label_en": line.cost_type.label_en,
        "group": line.cost_type.group,
        "activity": line.activity,
        "description": line.description,
        "persons": line.persons,
        "quantity": str(line.quantity),
        "unit": line.unit,
        "unit_price_sek": line.unit_price_sek,
        **_foreign(line),
        "amount_sek": line.amount_sek,
    }


def _foreign(line) -> dict[str, Any]:
    """The price as it was budgeted, where that was not in kronor, and how it was converted."""
    if line.foreign_price is None:
        return {}
    return {
        "currency": line.currency,
        "foreign_price": str(line.foreign_price),
        "rate": f"{line.rate.normalize():f}",
        "rate_on": line.rate_on.isoformat(),
        "rate_source": line.rate_source,
    }


def limits_content(schedule) -> dict[str, Any] | None:
    """The limits that the budget rules went by."""
    if schedule is None:
        return None
    return {
        "max_day_rate_sek": schedule.max_day_rate_sek,
        "max_pay_percent": str(schedule.max_pay_percent),
        "min_visits_a_year": schedule.min_visits_a_year,
    }


def ceiling_content(ceiling: CeilingResult | None) -> dict[str, Any] | None:
    """The ceiling with its steps as codes and figures, so that any language can tell it."""
    if ceiling is None:
        return None
    return {
        "amount_sek": ceiling.amount_sek,
        "per_year_sek": list(ceiling.per_year),
        "basis": str(ceiling.basis),
        "kind": str(ceiling.kind),
        "schedule": ceiling.schedule,
        **_source(ceiling.source),
        "flags": [str(flag) for flag in ceiling.flags],
        "steps": [
            {"code": str(step.code), "figures": dict(step.figures), **_source(step.source)}
            for step in ceiling.steps
        ],
    }


def _source(source) -> dict[str, str]:
    return {"source": _in("sv", source), "source_en": _in("en", source)}
