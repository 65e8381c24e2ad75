"""The list of one's own applications."""

from datetime import timedelta

import pytest

from applications import actions
from funding.states import Phase
from tests.applications.pages import text
from tests.moments import AFTER_CLOSE, CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

LIST = "/ansokningar/"


def test_nobody_is_sent_to_log_in(client_for):
    response = client_for(None).get(LIST)
    assert response.status_code == 302
    assert "/logga-in/" in response.url


def test_a_row_says_title_phase_parties_round_state_and_days_left(client_for, malmo, ready):
    page = text(client_for(malmo).get(LIST))
    for words in (
        "Unga i klimatomställningen",
        "Projekt",
        "Malmö stad, Lusaka City Council (Zambia)",
        "Våren 2027",
        "Utkast",
        "5 dagar kvar",
    ):
        assert words in page


def test_a_submitted_one_has_its_number_and_says_when_changes_are_not_in(
    client_for, malmo, submitted
):
    client = client_for(malmo)
    page = text(client.get(LIST))
    assert submitted.dnr in page
    assert "Ändringar inte inskickade" not in page
    actions.save_details(submitted, {"title_sv": "Ny"}, by=malmo, at=MID_ROUND)
    assert "Ändringar inte inskickade" in text(client.get(LIST))


def test_after_the_close_it_says_which_version_counts(client_for, malmo, submitted, set_clock):
    actions.save_details(submitted, {"title_sv": "Ny"}, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert "Version 1 räknas" in text(client.get(LIST))


def test_the_partner_sees_it_too_in_english(client_for, lusaka, ready):
    page = text(client_for(lusaka).get(LIST))
    assert "Youth in the climate transition" in page
    assert "New application" not in page


def test_karlstad_sees_nothing_and_is_told_how_to_begin(client_for, karlstad, ready):
    page = text(client_for(karlstad).get(LIST))
    assert "Unga" not in page
    assert "Ni har inga ansökningar än" in page
    assert "Ny ansökan" in page


def test_a_partner_without_any_is_told_who_begins(client_for, lusaka):
    assert "Your Swedish partner begins the application" in text(client_for(lusaka).get(LIST))


def test_between_rounds_it_says_when_the_next_opens(client_for, karlstad, set_clock):
    client = client_for(karlstad)
    set_clock(CLOSE + timedelta(days=60))
    page = text(client.get(LIST))
    assert "onsdag 15 september 2027" in page
    assert "Ny ansökan" not in page


def test_officers_are_led_to_the_cases(client_for, officer):
    assert client_for(officer).get(LIST).url == "/arenden/"


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queries_do_not_grow_with_the_rows(
    client_for, malmo, malmo_stad, lusaka_council, open_round, rows, django_assert_num_queries
):
    for _number in range(rows):
        actions.start(
            malmo_stad,
            phase=Phase.PREPARATION,
            round=open_round,
            partner=lusaka_council,
            by=malmo,
            at=MID_ROUND,
        )
    client = client_for(malmo)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
