"""Countries in the admin: open or closed, and how to change that."""

import pytest

from icld_portal import clock
from partnerships.models import Country
from tests.html_forms import errors_of, fields_of
from tests.moments import MID_ROUND

LIST = "/admin/partnerships/country/"
TODAY = clock.local_date(MID_ROUND)


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def zambia(reference):
    return Country.objects.get(code="ZM")


@pytest.fixture
def address(zambia):
    return f"{LIST}{zambia.pk}/change/"


@pytest.fixture
def press(desk, zambia):
    def press(button: str, **fields):
        return desk.post(f"{LIST}{zambia.pk}/{button}/", fields)

    return press


def is_open(country: Country) -> bool:
    return Country.objects.open_on(TODAY).filter(pk=country.pk).exists()


def found(desk, **search) -> set[str]:
    return {country.code for country in desk.get(LIST, search).context["cl"].result_list}


# --- finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"), [("zambia", "ZM"), ("Makedonien", "MK"), ("turkey", "TR"), ("XK", "XK")]
)
def test_a_country_is_found_by_any_of_its_names(desk, text, code):
    assert found(desk, q=text) == {code}


def test_the_list_tells_open_from_closed(desk):
    assert len(found(desk, open="1")) == 19
    assert found(desk, open="0") == {"SE", "BY", "IN", "LT"}


def test_the_list_can_be_narrowed_to_a_region(desk):
    assert found(desk, region="asia") == {"ID", "CN", "VN", "IN"}


# --- the buttons ------------------------------------------------------------------------------


def test_closing_asks_first_and_proposes_yesterday(desk, zambia, address):
    assert "Stäng för nya ansökningar" in desk.get(address).content.decode()
    form = fields_of(desk.get(f"{LIST}{zambia.pk}/close/"))
    assert form["last_day"] == ["2027-03-09"]
    assert form["reason"] == [""]


def test_closing_closes_and_says_so_in_the_log(press, desk, zambia, address, administrator):
    response = press("close", last_day="2027-03-09", reason="Läget i landet.")
    assert (response.status_code, response.url) == (302, address)
    assert not is_open(zambia)
    after = desk.get(address).content.decode()
    assert "Landet är stängt för nya ansökningar" in after
    assert "Öppna för nya ansökningar" in after
    history = desk.get(f"{LIST}{zambia.pk}/history/").content.decode()
    assert "Stäng för nya ansökningar" in history
    assert "Läget i landet." in history
    assert administrator.name in history


def test_running_drafts_go_on_unless_they_are_stopped_too(press, zambia):
    press("close", last_day="2027-03-09", reason="Läget i landet.", at_once="on")
    assert zambia.periods.get().at_once


def test_without_a_reason_nothing_is_closed(press, zambia):
    response = press("close", last_day="2027-03-09", reason=" ")
    assert response.status_code == 200
    assert "reason" in response.context["form"].errors
    assert is_open(zambia)


def test_a_refusal_is_said_above_the_form_and_what_was_typed_is_kept(press, zambia):
    response = press("close", last_day="2027-01-01", reason="Läget i landet.")
    assert response.status_code == 200
    assert "kan inte stängas i efterhand" in errors_of(response)
    assert fields_of(response)["reason"] == ["Läget i landet."]
    assert is_open(zambia)


def test_a_closed_country_is_opened_again(press, zambia):
    press("close", last_day="2027-03-09", reason="Läget i landet.")
    press("reopen", first_day="2027-03-10", reason="Läget är bättre.")
    assert is_open(zambia)


@pytest.mark.parametrize("who", ["malmo", "officer", "decider"])
def test_nobody_else_closes_a_country(request, client_for, zambia, who):
    browser = client_for(request.getfixturevalue(who))
    fields = {"last_day": "2027-03-09", "reason": "Läget i landet."}
    response = browser.post(f"{LIST}{zambia.pk}/close/", fields, follow=True)
    assert response.status_code == 403
    assert is_open(zambia)


def test_a_country_that_is_not_there_is_not_found(desk):
    assert desk.get(f"{LIST}999999/close/").status_code == 404


# --- editing by hand --------------------------------------------------------------------------


def test_closing_by_hand_takes_a_reason(desk, zambia, address):
    fields = fields_of(desk.get(address)) | {"periods-0-closes_on": "2027-03-09"}
    assert "Ange skälet" in errors_of(desk.post(address, fields))
    assert is_open(zambia)
    assert desk.post(address, fields | {"periods-0-reason": "Läget."}).status_code == 302
    assert not is_open(zambia)


def test_periods_do_not_overlap(desk, zambia, address):
    fields = fields_of(desk.get(address)) | {
        "periods-TOTAL_FORMS": "2",
        "periods-1-opens_on": "2027-06-01",
        "periods-1-closes_on": "2027-06-30",
        "periods-1-reason": "Prov.",
        "periods-1-country": str(zambia.pk),
    }
    assert "överlappar" in errors_of(desk.post(address, fields))
    assert zambia.periods.count() == 1


def test_the_code_stays_and_the_names_can_change(desk, zambia, address):
    fields = fields_of(desk.get(address))
    assert "code" not in fields
    assert desk.post(address, fields | {"name_sv": "Zambia!", "code": "QQ"}).status_code == 302
    zambia.refresh_from_db()
    assert (zambia.name_sv, zambia.code) == ("Zambia!", "ZM")


def test_the_change_log_tells_the_old_name_and_the_new(desk, zambia, address):
    desk.post(address, fields_of(desk.get(address)) | {"former_names": "Nordrhodesia"})
    assert "Nordrhodesia" in desk.get(f"{LIST}{zambia.pk}/history/").content.decode()
