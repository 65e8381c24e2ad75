"""Declarations and the authorised signatory."""

import pytest

from applications import actions
from tests.applications.pages import address, fill_in, text
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db

ALL = {
    "declared_correct": "on",
    "declared_no_double_funding": "on",
    "declared_personal_data": "on",
    "signatory_name": "Kim Ek",
    "signatory_title": "Kommunstyrelsens ordförande",
}


def url(application) -> str:
    return address(application, "intyg/")


def test_the_three_declarations_and_the_signatory_are_saved(client_for, malmo, draft):
    fill_in(client_for(malmo), url(draft), **ALL)
    saved = fresh(draft)
    assert saved.declared_correct
    assert saved.declared_no_double_funding
    assert saved.declared_personal_data
    assert (saved.signatory_name, saved.signatory_title) == (
        "Kim Ek",
        "Kommunstyrelsens ordförande",
    )


def test_it_says_that_the_application_becomes_an_official_document(client_for, malmo, draft):
    assert "allmän handling" in text(client_for(malmo).get(url(draft)))


def test_a_tick_can_be_taken_back(client_for, malmo, ready):
    fill_in(client_for(malmo), url(ready), declared_correct=None)
    assert not fresh(ready).declared_correct


def test_half_of_it_may_be_saved(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), signatory_name="Kim Ek")
    assert response.status_code == 302
    assert fresh(draft).signatory_name == "Kim Ek"


def test_the_last_section_leads_on_to_the_review(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), onward="1")
    assert response.url == address(draft, "granska/")


def test_somebody_elses_save_meanwhile_is_told_in_words(client_for, malmo, malmo2, draft):
    client = client_for(malmo)
    fields = fields_of(client.get(url(draft))) | {"signatory_name": "Kim Ek"}
    values = {"declared_correct": True}
    actions.save_declarations(draft, values, by=malmo2, at=MID_ROUND)
    response = client.post(url(draft), fields)
    assert response.status_code == 409
    assert "Uppgifterna i ansökan är riktiga. Ja Nej" in text(response)
