"""Filling an application the way its parties would: through the real actions.

Only the texts, which are many, are written at once.
"""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from applications import actions
from applications.documents.snapshot import questions_of, requested_of
from applications.models import Answer, AnswerVersion, Application, Area, CoreArea
from funding.models import CostType
from icld_portal import clock
from partnerships.models import Party
from partnerships.states import SeatRole, Side
from tests.applications import file_samples as samples
from tests.table_builders import fill_tables, two_goals

TITLES = {"title_sv": "Unga i klimatomställningen", "title_en": "Youth in the climate transition"}


TWO_VISITS = (("RESA_INT", 1, 20_000), ("RESA_INT", 1, 20_000))
"""40 000 kr a year: the least that a budget asks nothing about."""


SIGNATORIES = {
    Side.SWEDISH: {
        "name": "Kim Ek",
        "title": "Kommunstyrelsens ordförande",
        "mandate": "Delegationsordningen § 4",
        "email": "kim.ek@example.org",
        "language": "sv",
    },
    Side.INTERNATIONAL: {
        "name": "Mutale Banda",
        "title": "Town Clerk",
        "mandate": "Office",
        "email": "town.clerk@example.com",
        "language": "en",
    },
}


def fill(application: Application, *, by, at, budget=TWO_VISITS, years=1) -> None:
    """Everything an application needs before it can be handed in."""
    fill_words(application, by=by, at=at, years=years)
    application.refresh_from_db(fields=["starts_on", "ends_on"])
    fill_tables(application, by=by, at=at)
    fill_files(application, by=by, at=at)
    fill_seats(application, by=by, at=at)
    lines = [
        line(application, key, quantity, price, year=year, description=f"Utbytesresa {place}")
        for year in range(1, years + 1)
        for place, (key, quantity, price) in enumerate(budget, start=1)
    ]
    actions.save_lines(application, lines, by=by, at=at)


def fill_words(application: Application, *, by, at, years=1) -> None:
    """Titles, dates, answers, areas and declarations."""
    details = {
        **TITLES,
        "starts_on": date(2027, 9, 1),
        "ends_on": date(2027 + years, 8, 31),
        "no_preparation_reason": "Vi har samarbetat i tio år.",
        "own_dnr": "KS 2027/0412",
        "own_board": "Kommunstyrelsen",
        "training": "attended",
        "training_note": "Båda samordnarna, hösten 2026",
        "has_other_grants": False,
    }
    actions.save_details(application, details, by=by, at=at)
    fill_texts(application, by=by, at=at)
    actions.save_areas(
        application,
        main_area=Area.objects.get(key="environment_climate"),
        areas=[],
        reasons={CoreArea.objects.get(key="participation"): "Unga får vara med och besluta."},
        goals=two_goals(application),
        by=by,
        at=at,
    )
    declarations = {
        "declared_correct": True,
        "declared_no_double_funding": True,
        "declared_personal_data": True,
    }
    named = signatories(application)
    actions.save_declarations(application, declarations, signatories=named, by=by, at=at)


def fill_texts(application: Application, *, by, at) -> None:
    """Both languages of every text, as `save_answer` leaves them."""
    texts = {"sv": "Unga möter kommunen för sent.", "en": "Too late."}
    answers = Answer.objects.bulk_create(
        Answer(
            application=application,
            question_key=question.key,
            language=language,
            text=text,
            by=by,
            at=at,
        )
        for question in questions_of(application)
        if question.is_text
        for language, text in texts.items()
    )
    AnswerVersion.objects.bulk_create(
        AnswerVersion(answer=answer, text=answer.text, version=answer.version, by=by, at=at)
        for answer in answers
    )


def signatories(application: Application) -> dict[int, dict[str, str]]:
    """Somebody who signs for each party, with an address of their own."""
    return {
        party.party_id: SIGNATORIES[party.side] for party in application.parties.filter(lead=True)
    }


def fill_files(application: Application, *, by, at) -> None:
    """What the form requires: a promise where that is enough, else a small PDF."""
    for asked in filter(lambda each: each.required, requested_of(application)):
        rows = application.parties.select_related("party")
        for party in [row.party for row in rows] if asked.each_party else [None]:
            place = {"kind": asked.kind, "party": party, "by": by, "at": at}
            if asked.may_be_promised:
                day = clock.local_date(at) + timedelta(days=40)
                actions.promise(application, promised_on=day, note="", **place)
            else:
                file = SimpleUploadedFile(f"{asked.kind}.pdf", samples.pdf())
                actions.attach(application, file=file, **place)


def fill_seats(application: Application, *, by, at) -> None:
    """A full steering group: a name in every seat of every party."""
    seats = {
        (party, role): {"name": f"{role} {party.pk}", "title": "Ledamot", "vacancy_reason": ""}
        for party in Party.objects.filter(partnership=application.partnership)
        for role in SeatRole.values
    }
    actions.save_seats(application, seats, by=by, at=at)


def add_line(application, cost_type, quantity, price, *, by, at, **values):
    """One budget line for the lead party of a side."""
    change = line(application, cost_type, quantity, price, **values)
    return actions.save_lines(application, [change], by=by, at=at).lines[change.key]


def line(
    application,
    cost_type,
    quantity,
    price,
    *,
    year=1,
    side=Side.SWEDISH,
    persons=1,
    activity="",
    description="Utbytesresa",
    currency="SEK",
) -> actions.LineChange:
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
    return actions.LineChange(uuid4(), values)
