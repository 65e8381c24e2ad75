"""Rows of tables, saved with as little as a test wants to say."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from applications import actions
from applications.models import Application
from applications.states import QuestionKind
from tests.moments import MID_ROUND
from tests.table_builders import row_values

KEY = UUID("5b1c2c1e-7f0f-4c46-9d2e-0d3f5a1b0001")


def save(
    application: Application,
    by,
    *,
    kind=QuestionKind.RISKS,
    key=KEY,
    version=0,
    at=MID_ROUND,
    **given: Any,
) -> int:
    values = row_values(kind, **given)
    place = {"kind": kind, "key": key, "version": version}
    return actions.save_row(application, values=values, **place, by=by, at=at)


def many_activities(application: Application, by, count: int = 40) -> None:
    parties = [row.party_id for row in application.parties.all()]
    for number in range(count):
        save(
            application,
            by,
            kind=QuestionKind.ACTIVITIES,
            key=uuid4(),
            name=f"Aktivitet {number}",
            party_id=parties[number % 2],
            starts_on=date(2027, 9, 1),
            ends_on=date(2027, 9, 2),
            description="Vi möts. " * 60,
        )
