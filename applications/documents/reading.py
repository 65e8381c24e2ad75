"""A frozen submission, or a draft as it would be frozen, as a person reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import get_language

from applications.completeness import in_language
from applications.documents.budget_table import BudgetTable, budget_table
from funding.ceilings import Step
from funding.states import CeilingKind, Phase
from funding.wording import Bilingual
from partnerships.states import SeatRole, Side

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What the page and the PDF show, worded in the active language; the content as written."""

    phase: str
    titles: Sequence[tuple[str, str]]
    starts_on: date | None
    ends_on: date | None
    years: int
    parties: Sequence[Row]
    multi_party: bool
    answers: Sequence[Row]
    main_area: str
    other_areas: Sequence[str]
    core_areas: Sequence[Row]
    no_preparation_reason: str
    seats: Sequence[Row]
    budget: BudgetTable
    guideline_reason: str
    visits_reason: str
    ceiling: Row | None
    declarations: Sequence[Row]
    signatories: Sequence[Row]
    own: Row


def read(content: Row) -> Reading:
    """`content` is a submission's `data`: the frozen content with the names under `persons`."""
    period, persons = content["period"], content["persons"]
    return Reading(
        phase=Phase(content["phase"]).label,
        titles=[(code, text) for code, text in sorted(content["titles"].items(), reverse=True)],
        starts_on=_day(period["starts_on"]),
        ends_on=_day(period["ends_on"]),
        years=period["years"],
        parties=[_party(row) for row in content["parties"]],
        multi_party=content["multi_party"],
        answers=_answers(content["answers"]),
        main_area=_main_area(content["areas"]),
        other_areas=_other_areas(content["areas"]),
        core_areas=[
            {"label": in_language(row), "reason": row["reason"]} for row in content["core_areas"]
        ],
        # A copy that has the chain of phases tells the reason there.
        no_preparation_reason="" if "chain" in content else content["no_preparation_reason"],
        seats=_seats(content["seats"], persons["seats"]),
        budget=budget_table(content),
        guideline_reason=content["guideline_reason"],
        visits_reason=content.get("visits_reason", ""),
        ceiling=ceiling_told(content["ceiling"]),
        declarations=[
            {"text": in_language(row), "made": row["confirmed"]} for row in content["declarations"]
        ],
        signatories=signatories_of(content),
        own=content["own"],
    )


def signatories_of(content: Row) -> list[Row]:
    """Who may sign for each party. Copies from before every party named one have one signatory,
    that of the Swedish lead."""
    persons = content["persons"]
    if "signatories" in persons:
        return [row for row in persons["signatories"] if row["name"]]
    leads = [row["name"] for row in content["parties"] if row["side"] == Side.SWEDISH]
    row = {"party": "".join(leads[:1]), "mandate": "", "email": "", **persons["signatory"]}
    return [row] if row["name"] else []


def ceiling_told(ceiling: Row | None) -> Row | None:
    """A frozen ceiling with its steps in words."""
    if ceiling is None:
        return None
    steps = [Step(step["code"], step["figures"]) for step in ceiling["steps"]]
    return {
        **ceiling,
        "source": Bilingual(ceiling["source"], ceiling.get("source_en", "")),
        "label": CeilingKind(ceiling["kind"]).label,
        "steps": [step.text() for step in steps],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _party(row: Row) -> Row:
    country = row["country_en"] if get_language() == "en" else row["country_sv"]
    return {
        "name": row["name"],
        "country": country,
        "side": Side(row["side"]).label,
        "lead": row["lead"],
    }


def _answers(rows: Iterable[Row]) -> list[Row]:
    """The answers question by question, each with its texts by language."""
    return [
        {"label": in_language(texts[0]), "texts": texts}
        for texts in (list(group) for _key, group in groupby(rows, key=lambda row: row["key"]))
    ]


def _main_area(areas: Row) -> str:
    return next((in_language(row) for row in areas["all"] if row["key"] == areas["main"]), "")


def _other_areas(areas: Row) -> list[str]:
    return [in_language(row) for row in areas["all"] if row["key"] != areas["main"]]


def _seats(seats: Iterable[Row], persons: Iterable[Row]) -> list[Row]:
    """The seats party by party, with the names that are kept apart from the content."""
    named = {(row["party"], row["role"]): row for row in persons}
    told = [
        {
            "party": seat["party"],
            "role": SeatRole(seat["role"]).label,
            "name": named.get((seat["party"], seat["role"]), {}).get("name", ""),
            "title": named.get((seat["party"], seat["role"]), {}).get("title", ""),
            "vacancy_reason": seat["vacancy_reason"],
        }
        for seat in seats
    ]
    by_party = groupby(told, key=lambda row: row["party"])
    return [{"party": party, "seats": list(group)} for party, group in by_party]
