"""Title, dates and references."""

from datetime import date

import pytest

from applications import actions
from applications.refusals import PeriodTooLong
from tests.applications.pages import address, fill_in, text
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def url(application) -> str:
    return address(application, "grunder/")


@pytest.mark.parametrize("page", ["grunder/", "parter/", "omraden/", "styrgrupp/", "intyg/"])
def test_every_section_is_for_those_who_write(client_for, request, ready, page):
    codes = {
        name: client_for(request.getfixturevalue(name)).get(address(ready, page)).status_code
        for name in ("malmo", "malmo2", "lusaka", "malmo_reader", "karlstad", "officer")
    }
    assert codes == {
        "malmo": 200,
        "malmo2": 200,
        "lusaka": 200,
        "malmo_reader": 403,
        "karlstad": 404,
        "officer": 404,
    }
    assert "/logga-in/" in client_for(None).get(address(ready, page)).url


@pytest.mark.parametrize("page", ["grunder/", "parter/", "omraden/", "styrgrupp/", "intyg/"])
def test_officers_see_no_form_after_submission_either(client_for, officer, submitted, page):
    assert client_for(officer).get(address(submitted, page)).status_code == 403


def test_what_is_saved_stays_and_the_page_says_when(client_for, malmo2, draft):
    client = client_for(malmo2)
    response = fill_in(client, url(draft), title_sv="Unga röster", starts_on="2027-09-01")
    assert response.url == url(draft)
    assert "✓ Sparat kl. 09.12" in text(client.get(url(draft))).replace("\xa0", " ")
    assert (fresh(draft).title_sv, fresh(draft).starts_on) == ("Unga röster", date(2027, 9, 1))


def test_a_title_stands_on_one_line(client_for, malmo, draft):
    fill_in(client_for(malmo), url(draft), title_sv="Unga\r\nröster\x00", own_dnr="KS\t2027/1")
    assert (fresh(draft).title_sv, fresh(draft).own_dnr) == ("Unga röster", "KS 2027/1")


def test_a_slip_in_the_year_is_said_and_not_saved(client_for, malmo, draft):
    slip = {"starts_on": "2027-09-01", "ends_on": "9999-08-31"}
    response = fill_in(client_for(malmo), url(draft), **slip)
    assert "mer än 10 år efter den första" in text(response)
    assert fresh(draft).ends_on is None
    dates = {name: date.fromisoformat(day) for name, day in slip.items()}
    with pytest.raises(PeriodTooLong):
        actions.save_details(draft, dates, by=malmo, at=MID_ROUND)
    last = {"starts_on": "2027-09-01", "ends_on": "2037-08-31"}
    assert fill_in(client_for(malmo), url(draft), **last).status_code == 302


def test_save_and_continue_leads_to_the_next_section(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), onward="1")
    assert response.url == address(draft, "parter/")


def test_the_years_are_reckoned_and_said(client_for, malmo, draft):
    client = client_for(malmo)
    fill_in(client, url(draft), starts_on="2027-09-01", ends_on="2029-02-28")
    assert "Ni söker för 2 år. 18 månader räknas som 2" in text(client.get(url(draft)))


def test_a_period_longer_than_the_phase_allows_is_said(client_for, malmo, draft):
    client = client_for(malmo)
    fill_in(client, url(draft), starts_on="2027-09-01", ends_on="2031-08-31")
    assert "Projekt kan pågå i högst 36 månader" in text(client.get(url(draft)))


def test_an_end_before_the_start_is_an_error_at_the_field_and_nothing_is_lost(
    client_for, malmo, draft
):
    response = fill_in(
        client_for(malmo),
        url(draft),
        title_sv="Unga röster",
        starts_on="2027-09-01",
        ends_on="2027-08-31",
    )
    html = response.content.decode()
    assert response.context["form"].errors.keys() == {"ends_on"}
    assert 'href="#id_ends_on"' in html
    assert 'value="Unga röster"' in html
    assert fresh(draft).title_sv == ""


def test_a_day_that_is_no_day_is_said_with_an_example(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), starts_on="1 sept 2027")
    assert "2027-09-01" in text(response)
    assert 'value="1 sept 2027"' in response.content.decode()


def test_a_title_of_more_than_100_characters_is_kept_and_counted(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), title_sv="a" * 101)
    assert "Titeln har 101 tecken. Korta den till högst 100." in text(response)
    assert "a" * 101 in response.content.decode()


def test_the_earliest_start_of_the_round_is_said(client_for, malmo, draft):
    page = text(client_for(malmo).get(url(draft))).replace("\xa0", " ")
    assert "Tidigast 4 juni 2027 i den här omgången." in page


def test_why_no_inception_is_asked_only_of_a_project_without_one(client_for, malmo, pair):
    client = client_for(malmo)
    project, steering = pair
    assert "no_preparation_reason" in fields_of(client.get(url(project)))
    assert "no_preparation_reason" not in fields_of(client.get(url(steering)))


def test_somebody_elses_save_meanwhile_overwrites_nothing_and_both_are_shown(
    client_for, malmo, malmo2, draft
):
    client = client_for(malmo)
    fields = fields_of(client.get(url(draft))) | {"title_sv": "Min titel"}
    actions.save_details(draft, {"title_sv": "Bos titel"}, by=malmo2, at=MID_ROUND)
    response = client.post(url(draft), fields)
    page = text(response)
    assert response.status_code == 409
    assert "Det här skiljer sig" in page
    assert "Bos titel" in page
    assert 'value="Min titel"' in response.content.decode()
    assert fresh(draft).title_sv == "Bos titel"
    again = client.post(url(draft), fields_of(response))
    assert again.status_code == 302
    assert fresh(draft).title_sv == "Min titel"


def test_a_page_that_lost_its_mark_overwrites_nothing(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), was=None, title_sv="Ny")
    assert response.status_code == 409
    assert fresh(draft).title_sv == ""


def test_saving_what_was_submitted_after_the_close_is_refused_and_the_text_kept(
    client_for, malmo, submitted, set_clock
):
    client = client_for(malmo)
    fields = fields_of(client.get(url(submitted))) | {"title_sv": "För sent"}
    set_clock(AFTER_CLOSE)
    response = client.post(url(submitted), fields)
    assert response.status_code == 409
    assert "16 mars 2027 kl. 00.00.00" in text(response).replace("\xa0", " ")
    assert "så den sparades inte" in text(response)
    assert 'value="För sent"' in response.content.decode()
    assert fresh(submitted).title_sv != "För sent"


def test_after_the_close_the_page_can_be_read_but_not_saved(
    client_for, malmo, submitted, set_clock
):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    html = client.get(url(submitted)).content.decode().split("<main", 1)[1]
    assert 'value="Unga i klimatomställningen"' in html
    assert "disabled" in html
    assert ">Spara<" not in html
    assert "Ansökan kan inte längre ändras." in html
    assert "kom fram" not in html
