"""The own overview: what to do next, and the figures to decide by."""

import pytest

from applications import actions
from applications.states import ApplicationState
from tests.applications.pages import address, text
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

pytestmark = pytest.mark.django_db

OVERVIEW = "/oversikt/"


def page_of(client) -> str:
    return text(client.get(OVERVIEW)).replace("\xa0", " ")


def test_an_unfinished_draft_is_something_to_do_with_its_days_left(client_for, malmo, ready):
    page = page_of(client_for(malmo))
    assert "Gör klart och skicka in: Unga i klimatomställningen" in page
    assert "5 dagar kvar" in page


def test_what_is_submitted_and_unchanged_waits_for_nobody(client_for, malmo, submitted):
    page = page_of(client_for(malmo))
    assert "Inget väntar på dig." in page
    assert submitted.dnr in page


def test_unsubmitted_changes_are_something_to_do(client_for, malmo, submitted):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    assert "Skicka in igen: Ny titel" in page_of(client_for(malmo))


def test_an_outcome_is_something_to_read_once_it_is_announced(
    client_for, malmo, officer, submitted, set_clock
):
    client = client_for(malmo)
    set_clock(DECISION_DAY)
    assert "Läs beslutet" not in page_of(client)
    granted = ApplicationState.GRANTED
    actions.announce(submitted, outcome=granted, amount_sek=40_000, at=DECISION_DAY, by=officer)
    assert "Läs beslutet: Unga i klimatomställningen" in page_of(client)
    assert address(submitted, "beslut/") in client.get(OVERVIEW).content.decode()


def test_one_without_applications_is_led_to_begin(client_for, karlstad):
    assert "Påbörja en ansökan" in page_of(client_for(karlstad))


def test_after_the_close_a_draft_is_nothing_to_do(client_for, malmo, ready, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert "Gör klart och skicka in" not in page_of(client)


def test_officers_see_how_many_cases_wait_and_where(client_for, officer, submitted):
    page = page_of(client_for(officer))
    assert "Inkomna i omgången Våren 2027 2" in page
    assert "Ärenden totalt 2" in page


def test_drafts_are_in_no_figure_of_the_officers(client_for, officer, ready):
    assert "Ärenden totalt 0" in page_of(client_for(officer))


def test_the_administrator_sees_no_case(client_for, administrator, submitted):
    page = page_of(client_for(administrator))
    assert "Ärenden" not in page
    assert submitted.dnr not in page


@pytest.mark.parametrize("name", ["malmo", "officer"])
def test_it_needs_at_most_twelve_queries(
    client_for, request, submitted, name, django_assert_max_num_queries
):
    client = client_for(request.getfixturevalue(name))
    client.get(OVERVIEW)
    with django_assert_max_num_queries(12):
        client.get(OVERVIEW)
