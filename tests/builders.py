"""Filling an application the way its parties would: through the real actions."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from applications import actions
from applications.documents.snapshot import questions_of
from applications.models import Application, Area, CoreArea
from funding.models import CostType
from partnerships.models import Party
from partnerships.states import SeatRole, Side

TITLES = {"title_sv": "Unga i klimatomställningen", "title_en": "Youth in the climate transition"}


TWO_VISITS = (("RESA_INT", 1, 20_000), ("RESA_INT", 1, 20_000))
"""40 000 kr a year: the least that a budget asks nothing about."""


def fill(application: Application, *, by, at, budget=TWO_VISITS, years=1) -> None:
    """Everything an application needs before it can be handed in."""
    fill_words(application, by=by, at=at, years=years)
    fill_seats(application, by=by, at=at)
    for year in range(1, years + 1):
        for place, (key, quantity, price) in enumerate(budget, start=1):
            what = f"Utbytesresa {place}"
            add_line(application, key, quantity, price, year=year, description=what, by=by, at=at)


def fill_words(application: Application, *, by, at, years=1) -> None:
    """Titles, dates, answers, areas and declarations."""
    details = {
        **TITLES,
        "starts_on": date(2027, 9, 1),
        "ends_on": date(2027 + years, 8, 31),
        "no_preparation_reason": "Vi har samarbetat i tio år.",
        "own_dnr": "KS 2027/0412",
        "own_board": "Kommunstyrelsen",
    }
    actions.save_details(application, details, by=by, at=at)
    for question in questions_of(application):
        for language, text in (("sv", "Unga möter kommunen för sent."), ("en", "Too late.")):
            actions.save_answer(
                application,
                question_key=question.key,
                language=language,
                text=text,
                version=0,
                by=by,
                at=at,
            )
    actions.save_areas(
        application,
        main_area=Area.objects.get(key="environment_climate"),
        areas=[],
        reasons={CoreArea.objects.get(key="participation"): "Unga får vara med och besluta."},
        by=by,
        at=at,
    )
    declarations = {
        "declared_correct": True,
        "declared_no_double_funding": True,
        "declared_personal_data": True,
        "signatory_name": "Kim Ek",
        "signatory_title": "Kommunstyrelsens ordförande",
    }
    actions.save_declarations(application, declarations, by=by, at=at)


def fill_seats(application: Application, *, by, at) -> None:
    """A full steering group: a name in every seat of every party."""
    seats = {
        (party, role): {"name": f"{role} {party.pk}", "title": "Ledamot", "vacancy_reason": ""}
        for party in Party.objects.filter(partnership=application.partnership)
        for role in SeatRole.values
    }
    actions.save_seats(application, seats, by=by, at=at)


def add_line(
    application,
    cost_type,
    quantity,
    price,
    *,
    by,
    at,
    year=1,
    side=Side.SWEDISH,
    persons=1,
    activity="",
    description="Utbytesresa",
    currency="SEK",
):
    """One budget line for the lead party of a side."""
    party = Party.objects.get(partnership=application.partnership, side=side, lead=True)
    values = {
        "project_year": year,
        "party_id": party.pk,
        "cost_type": CostType.objects.get(key=cost_type),
        "activity": activity,
        "description": description,
        "persons": persons,
        "quantity": Decimal(quantity),
        "unit": "",
        "currency": currency,
        "price": price,
    }
    change = actions.LineChange(uuid4(), values)
    return actions.save_lines(application, [change], by=by, at=at).lines[change.key]
