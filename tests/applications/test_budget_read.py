"""A budget as it is read: what a price in another currency was converted by is told everywhere."""

from datetime import date
from decimal import Decimal

import pytest

from applications.actions import submit
from applications.actions.submitting import together
from applications.documents.budget_table import budget_table
from applications.documents.submission_pdf import html_of
from decisions.actions import open_case
from funding.models import ExchangeRate
from tests.applications.pages import address, text
from tests.builders import add_line
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

DAY = "15 februari 2027, Riksbanken"


@pytest.fixture
def with_shillings(ready, malmo):
    """Handed in with a hall for 1 200 Kenyan shillings."""
    ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.08"), valid_on=date(2027, 2, 15), source="Riksbanken"
    )
    options = {"description": "Sal", "currency": "KES", "by": malmo, "at": MID_ROUND}
    add_line(ready, "LOKAL", 1, Decimal(1200), **options)
    submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    return fresh(ready)


def plain(words: str) -> str:
    return words.replace("\xa0", " ")


def test_the_reckoning_has_the_rate_and_below_it_stand_its_day_and_source(with_shillings):
    (year,) = budget_table(with_shillings.submissions.get().data).years
    hall, *others = reversed(year.lines)
    assert plain(hall.reckoning) == "1 × KES 1 200 × 0,08"
    assert plain(hall.rate) == f"kurs 0,08 den {DAY}"
    assert {line.rate for line in others} == {""}


@pytest.mark.parametrize("page", ["granska/", "kvittens/"])
def test_the_parties_read_it(client_for, malmo, with_shillings, page):
    assert DAY in plain(text(client_for(malmo).get(address(with_shillings, page))))


def test_the_pdf_says_it(with_shillings):
    assert DAY in plain(html_of(with_shillings.submissions.get()))


def test_the_officer_reads_it(client_for, officer, with_shillings):
    open_case(with_shillings, at=AFTER_CLOSE)
    page = client_for(officer).get(f"/arenden/{with_shillings.public_id}/")
    assert DAY in plain(text(page))
