"""Who sits in the steering group."""

import pytest

from applications import actions
from funding.states import Phase
from partnerships.models import Seat
from partnerships.states import Side
from tests.applications.pages import address, fill_in, text
from tests.builders import fill_seats
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


def url(application) -> str:
    return address(application, "styrgrupp/")


@pytest.fixture
def places(draft) -> dict[str, int]:
    """The parties' numbers in field names, by side."""
    return {party.side: party.party_id for party in draft.parties.all()}


def test_four_seats_for_each_party_with_the_reason_why(client_for, malmo, draft):
    page = text(client_for(malmo).get(url(draft)))
    assert page.count("Ledande tjänsteperson") == 2
    assert "Namnen sparas skilda från resten av ansökan" in page


def test_a_reason_takes_the_place_of_a_name_only_where_it_may(client_for, malmo, draft, places):
    fields = fields_of(client_for(malmo).get(url(draft)))
    abroad, at_home = places[Side.INTERNATIONAL], places[Side.SWEDISH]
    reasons = {name for name in fields if name.endswith("vacancy_reason")}
    assert {name for name in reasons if name.startswith(f"{abroad}-")} == {
        f"{abroad}-opposition-vacancy_reason"
    }
    assert len([name for name in reasons if name.startswith(f"{at_home}-")]) == 4


def test_names_are_saved_and_stand_in_the_steering_groups_application_too(
    client_for, malmo, pair, places
):
    client = client_for(malmo)
    place = places[Side.SWEDISH]
    fill_in(client, url(pair[0]), **{f"{place}-majority-name": "Kim Ek"})
    assert Seat.objects.get(name="Kim Ek").role == "majority"
    assert "Kim Ek" in client.get(url(pair[1])).content.decode()


def test_a_foreign_opposition_seat_takes_a_reason(client_for, malmo, draft, places):
    place = places[Side.INTERNATIONAL]
    name = f"{place}-opposition-vacancy_reason"
    fill_in(client_for(malmo), url(draft), **{name: "Församlingen har ett parti."})
    assert Seat.objects.get(party_id=place, role="opposition").vacancy_reason


def test_saving_the_same_seats_again_is_no_change(submitted, malmo, client_for):
    before = [fresh(row).revision for row in (submitted, submitted.steering_application)]
    fill_in(client_for(malmo), url(submitted))
    fill_seats(submitted, by=malmo, at=MID_ROUND)
    assert [fresh(row).revision for row in (submitted, submitted.steering_application)] == before


def test_a_name_that_is_pasted_with_a_line_break_stands_on_one_line(
    client_for, malmo, draft, places
):
    name = f"{places[Side.SWEDISH]}-majority-name"
    fill_in(client_for(malmo), url(draft), **{name: "Kim\r\nEk\t\x07"})
    assert Seat.objects.get(role="majority", party_id=places[Side.SWEDISH]).name == "Kim Ek"


def test_a_university_has_no_seats(client_for, malmo, draft):
    client = client_for(malmo)
    partner = {"choice": "new", "name": "Copperbelt University", "country": "ZM"}
    client.post(address(draft, "parter/"), partner | {"add": "1", "kind": "university"})
    assert "Copperbelt University" not in text(client.get(url(draft)))


def test_phases_without_a_steering_group_have_no_such_page(client_for, malmo, draft):
    partnership = draft.partnership
    spreading = actions.start(
        partnership.parties.first().organisation,
        phase=Phase.DISSEMINATION,
        round=draft.round,
        partnership=partnership,
        by=malmo,
        at=MID_ROUND,
    )[0]
    assert client_for(malmo).get(url(spreading)).status_code == 404


def test_somebody_elses_save_meanwhile_is_shown_with_whose_seat_it_is(
    client_for, malmo, malmo2, draft, places
):
    client = client_for(malmo)
    name = f"{places[Side.SWEDISH]}-majority-name"
    fields = fields_of(client.get(url(draft))) | {name: "Kim Ek"}
    fill_seats(draft, by=malmo2, at=MID_ROUND)
    response = client.post(url(draft), fields)
    assert response.status_code == 409
    assert "Malmö stad, Politiker, majoritet: Namn" in text(response)
    assert not Seat.objects.filter(name="Kim Ek").exists()
    client.post(url(draft), fields_of(response))
    assert Seat.objects.filter(name="Kim Ek").exists()
