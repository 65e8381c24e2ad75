"""Wherever an application shows its ceiling it says by which schedule, and where that stands."""

import pytest

from applications.documents.submission_pdf import html_of
from applications.views.trying import trial_address
from partnerships.states import Side
from tests.applications.pages import address, text

pytestmark = pytest.mark.django_db

SOURCE = (
    "ICLD, introduktion till Kommunalt partnerskap, bilder daterade 2019-09-25 (beloppslista A)"
)


@pytest.mark.parametrize("page", ["", "budget/", "granska/"])
def test_the_parties_pages_of_a_draft(client_for, malmo, ready, page):
    assert SOURCE in text(client_for(malmo).get(address(ready, page)))


def test_before_partner_and_dates_are_known_the_schedule_is_said_already(client_for, malmo, draft):
    for page in ("", "budget/"):
        assert "Beloppslista A, Introduktion 2019-09-25, gäller från 1 januari 2019." in text(
            client_for(malmo).get(address(draft, page))
        ).replace("\xa0", " ")


@pytest.mark.parametrize("page", ["", "granska/", "kvittens/"])
def test_the_parties_pages_of_what_was_submitted(client_for, malmo, submitted, page):
    assert SOURCE in text(client_for(malmo).get(address(submitted, page)))


def test_the_officers_page_of_the_case(client_for, officer, submitted):
    assert SOURCE in text(client_for(officer).get(f"/arenden/{submitted.public_id}/"))


def test_the_pdf(submitted):
    assert SOURCE in html_of(submitted.submissions.get())


def test_other_choices_are_tried_from_the_same_amount(client_for, malmo, ready):
    client = client_for(malmo)
    trial = client.get(address(ready)).context["trial"]
    assert "Räkna på andra val" in text(client.get(address(ready)))
    answer = client.get(f"{trial}&format=json").json()
    assert (answer["amount_sek"], answer["schedule"]) == (500_000, "A")


def test_without_dates_the_calculator_begins_empty(client_for, malmo, draft):
    assert client_for(malmo).get(address(draft)).context["trial"] == "/takbelopp/"


def party(side: Side, country: str, kind: str = "government") -> dict:
    return {"side": side, "country": country, "government": kind == "government"}


HERE, THERE = Side.SWEDISH, Side.INTERNATIONAL


@pytest.mark.parametrize(
    ("parties", "multi_party", "amount_sek"),
    [
        ([party(THERE, "KE", "association"), party(THERE, "UG")], False, 500_000),
        ([party(THERE, "GE", "association"), party(THERE, "KE")], False, 450_000),
        ([party(THERE, "KE", "association")], False, 500_000),
        ([party(HERE, "SE"), party(THERE, "KE", "association"), party(THERE, "UG")], True, 650_000),
        ([party(THERE, "KE"), party(THERE, "UG"), party(THERE, "ZM", "company")], True, 650_000),
        ([party(THERE, "KE"), party(THERE, "KE")], True, 650_000),
    ],
)
def test_the_calculator_can_answer_whoever_the_partners_are(
    client_for, parties, multi_party, amount_sek
):
    content = {
        "phase": "project",
        "parties": [party(HERE, "SE"), *parties],
        "multi_party": multi_party,
        "period": {"years": 1, "starts_on": "2027-09-01", "ends_on": "2028-08-31"},
    }
    answer = client_for(None).get(f"{trial_address(content)}&format=json")
    assert (answer.status_code, answer.json().get("amount_sek")) == (200, amount_sek)
