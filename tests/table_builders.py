"""Filling the tables and goals of a full form: as little as can be handed in."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from applications import actions
from applications.documents.snapshot import questions_of
from applications.models import Application, GlobalGoal, Objective
from applications.row_columns import COLUMNS
from applications.states import QuestionKind
from partnerships.states import Side

DAY = timedelta(days=1)
FALSE = {"leads": False, "is_taken": False}
NO_VALUE = frozenset(
    [
        *("party_id", "host_id", "country_id", "objective_id", "starts_on", "ends_on"),
        *("decided_on", "persons", "cost_sek", "probability", "consequence"),
    ]
)


def row_values(kind: str, **given: Any) -> dict[str, Any]:
    """Every column of a row, empty unless given."""
    empty = {
        name: None if name in NO_VALUE else FALSE.get(name, "") for name in COLUMNS[kind].columns
    }
    assert given.keys() <= empty.keys()
    return empty | given


def asked_kinds(application: Application) -> set[str]:
    return {question.kind for question in questions_of(application)}


def fill_tables(application: Application, *, by, at) -> None:
    """Rows for every table that the form asks for; the period is saved before."""
    kinds = asked_kinds(application)
    for kind, rows_of in ROWS.items():
        if kind in kinds:
            for row in rows_of(application):
                values = row_values(kind, **row)
                place = {"kind": kind, "key": uuid4(), "version": 0}
                actions.save_row(application, values=values, **place, by=by, at=at)


def two_goals(application: Application) -> dict[GlobalGoal, bool] | None:
    """Where the form asks for goals: number 13, the main one, and 16."""
    if QuestionKind.GOALS not in asked_kinds(application):
        return None
    return {goal: goal.number == 13 for goal in GlobalGoal.objects.filter(number__in=(13, 16))}


def _parties(application: Application) -> list:
    return list(application.parties.select_related("organisation__kind"))


def _governments(application: Application) -> list:
    return [row for row in _parties(application) if row.organisation.kind.counts_as_government]


def _objectives(application: Application) -> list[dict]:
    return [{"text": "Båda städerna har ett ungdomsråd med egen budget."}]


def _indicators(application: Application) -> list[dict]:
    return [
        {
            "objective_id": objective.pk,
            "indicator": "Ungdomsråd med egen budget",
            "baseline": "0",
            "target": "2",
            "source": "Städernas budgetar",
        }
        for objective in Objective.objects.filter(application=application)
    ]


def _activities(application: Application) -> list[dict]:
    first = application.starts_on
    return [
        {
            "name": "Uppstartsmöte",
            "place": "Malmö",
            "starts_on": first,
            "ends_on": first + DAY,
            "responsible": "Projektledaren",
            "result": "En gemensam arbetsplan.",
            "cost_sek": 20_000,
        }
    ]


def _visits(application: Application) -> list[dict]:
    """Two in each year, one at each side."""
    hosts = [
        next(row.party_id for row in _parties(application) if row.side == side)
        for side in (Side.SWEDISH, Side.INTERNATIONAL)
    ]
    return [
        {
            "host_id": host,
            "starts_on": (day := date(application.starts_on.year + year, 10, 5 + place)),
            "ends_on": day + DAY,
            "persons": 4,
            "purpose": "Planera året tillsammans.",
        }
        for year in range(application.years)
        for place, host in enumerate(hosts)
    ]


def _risks(application: Application) -> list[dict]:
    return [
        {
            "description": what,
            "probability": probability,
            "consequence": consequence,
            "measure": "Vi följer det i styrgruppen.",
            "responsible": "Projektledaren",
        }
        for what, probability, consequence in (
            ("Val byter ut de som bestämmer", 3, 3),
            ("Nyckelpersoner slutar", 4, 2),
            ("Pengar används till annat", 1, 5),
        )
    ]


def _team(application: Application) -> list[dict]:
    return [
        {
            "party_id": row.party_id,
            "name": f"Deltagare {number}",
            "title": "Utvecklare",
            "email": f"deltagare{number}.{row.party_id}@example.org",
            "leads": number == 1,
        }
        for row in _governments(application)
        for number in (1, 2, 3)
    ]


def _anchoring(application: Application) -> list[dict]:
    return [
        {
            "party_id": row.party_id,
            "body": "Kommunstyrelsen",
            "decided_on": application.starts_on - timedelta(days=200),
            "is_taken": True,
        }
        for row in _governments(application)
    ]


ROWS = {
    QuestionKind.OBJECTIVES: _objectives,
    QuestionKind.INDICATORS: _indicators,
    QuestionKind.ACTIVITIES: _activities,
    QuestionKind.VISITS: _visits,
    QuestionKind.RISKS: _risks,
    QuestionKind.TEAM: _team,
    QuestionKind.ANCHORING: _anchoring,
}
