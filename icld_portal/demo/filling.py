"""Filling an application through the real actions, the way its parties would."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import uuid4

from accounts.models import User
from applications import actions
from applications.models import Application, Area, CoreArea, GlobalGoal, Round
from applications.states import Season
from funding.models import CostType
from icld_portal.demo.budgets import LineFacts
from icld_portal.demo.names import Names
from partnerships.models import Party
from partnerships.states import SeatRole, Side

BOARD = {"kommun": "Kommunstyrelsen", "region": "Regionstyrelsen"}
TITLES = {
    Side.SWEDISH: {
        SeatRole.MAJORITY: "ordförande i styrelsen",
        SeatRole.OPPOSITION: "ledamot i styrelsen",
        SeatRole.COORDINATOR: "internationell samordnare",
        SeatRole.OFFICIAL: "förvaltningschef",
    },
    Side.INTERNATIONAL: {
        SeatRole.MAJORITY: "Chairperson of the council",
        SeatRole.OPPOSITION: "Councillor",
        SeatRole.COORDINATOR: "Partnership coordinator",
        SeatRole.OFFICIAL: "Head of department",
    },
}
NOBODY = {"name": "", "title": "", "vacancy_reason": ""}
OPPOSITION_ABROAD = f"{Side.INTERNATIONAL} {SeatRole.OPPOSITION}"
"""A seat is named by its side and role."""


def period(round_: Round, years: int) -> tuple[date, date]:
    """First and last day: from September after a spring round, February after an autumn one."""
    spring = round_.season == Season.SPRING
    first = date(round_.year, 9, 1) if spring else date(round_.year + 1, 2, 1)
    return first, first.replace(year=first.year + years) - timedelta(days=1)


def own_reference(applicant, round_: Round) -> dict[str, str]:
    """The municipality's own registration number and board, made up from its code."""
    code = int(applicant.kommun_code or applicant.region_code)
    letters = "RS" if applicant.kind.key == "region" else "KS"
    board = BOARD.get(applicant.kind.key, "Styrelsen")
    return {"own_dnr": f"{letters} {round_.year}/{code % 900 + 100:04d}", "own_board": board}


def fill_answers(
    application: Application, answers: Mapping[str, str], *, by: User, at: datetime
) -> None:
    """`answers` has texts by "question-language"."""
    for place, text in answers.items():
        key, language = place.rsplit("-", 1)
        actions.save_answer(
            application, question_key=key, language=language, text=text, version=0, by=by, at=at
        )


def fill_areas(
    application: Application,
    main: str,
    others: Iterable[str],
    core: Mapping[str, str],
    *,
    goals: Mapping[GlobalGoal, bool] | None = None,
    by: User,
    at: datetime,
) -> None:
    """Areas of cooperation by their keys, core areas with the reason for each, and Global Goals."""
    actions.save_areas(
        application,
        main_area=Area.objects.get(key=main),
        areas=list(Area.objects.filter(key__in=others)),
        reasons={CoreArea.objects.get(key=key): reason for key, reason in core.items()},
        goals=goals,
        by=by,
        at=at,
    )


def fill_seats(
    application: Application,
    names: Names,
    *,
    by: User,
    at: datetime,
    empty: Iterable[str] = (),
    no_opposition_abroad: str = "",
) -> None:
    """A steering group of invented people; `empty` lists the seats without anybody."""
    seats = {}
    for party in Party.objects.filter(partnership=application.partnership):
        for role in SeatRole:
            place = f"{party.side} {role}"
            seat = NOBODY
            if place == OPPOSITION_ABROAD and no_opposition_abroad:
                seat = NOBODY | {"vacancy_reason": no_opposition_abroad}
            elif place not in empty:
                name = names.next(party.organisation.country.code)
                seat = NOBODY | {"name": name, "title": TITLES[Side(party.side)][role]}
            seats[party, role.value] = seat
    actions.save_seats(application, seats, by=by, at=at)


def fill_budget(
    application: Application, year: int, lines: Iterable[LineFacts], *, by: User, at: datetime
) -> None:
    """The lines of one project year, each for the party that leads its side."""
    parties = Party.objects.filter(partnership=application.partnership, lead=True)
    leads = {party.side: party for party in parties}
    cost_types = {row.key: row for row in CostType.objects.all()}
    changes = [
        actions.LineChange(
            uuid4(),
            {
                "project_year": year,
                "party_id": leads[line.side].pk,
                "cost_type": cost_types[line.cost_type],
                "activity": line.activity,
                "description": line.description,
                "persons": line.persons,
                "quantity": line.quantity,
                "unit": line.unit,
                "currency": "SEK",
                "price": line.unit_price_sek,
            },
        )
        for line in lines
    ]
    actions.save_lines(application, changes, by=by, at=at)


def address_of(name: str) -> str:
    """An address of somebody who does not exist: "Kim Ek" -> "kim.ek@example.org"."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return f"{'.'.join(re.findall('[a-z]+', plain))}@example.org"


def declare(
    application: Application,
    signatories: Mapping[str, Mapping[str, str]],
    *,
    by: User,
    at: datetime,
) -> None:
    """Confirm everything, and name who may sign, by the side of the party that leads it."""
    values = {
        "declared_correct": True,
        "declared_no_double_funding": True,
        "declared_personal_data": True,
    }
    leads = application.parties.filter(lead=True)
    named = {row.party_id: signatories[row.side] for row in leads if row.side in signatories}
    actions.save_declarations(application, values, signatories=named, by=by, at=at)
