"""Exchange rates in the admin, in the words and figures people use; used ones stay."""

from datetime import date
from decimal import Decimal

import pytest

from funding.models import ExchangeRate
from tests.builders import add_line
from tests.html_forms import fields_of
from tests.moments import MID_ROUND

LIST = "/admin/funding/exchangerate/"
RATE = {"currency": "KES", "rate": "0,0812", "valid_on": "2027-03-01", "source": "Riksbanken"}


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("0,0812", "0.0812"),
        ("0.0812", "0.0812"),
        ("11", "11"),
        ("0,081", "0.081"),
        ("0,00000001", "0.00000001"),
    ],
)
def test_a_rate_is_typed_with_comma_or_point(typed, rate, desk):
    assert desk.post(f"{LIST}add/", RATE | {"rate": typed}).status_code == 302
    assert ExchangeRate.objects.get().rate == Decimal(rate)


def test_currencies_are_chosen_by_name_and_kronor_are_not_among_them(desk):
    form = desk.get(f"{LIST}add/").context["adminform"].form
    choices = dict(form.fields["currency"].choices)
    assert choices["KES"] == "KES – kenyansk shilling"
    assert "SEK" not in choices
    assert "DEM" not in choices


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("currency", "SEK"),
        ("currency", "XYZ"),
        ("currency", ""),
        ("rate", "0"),
        ("rate", "-1"),
        ("rate", "NaN"),
        ("rate", "1e5"),
        ("rate", "12345678901"),
        ("rate", "0,123456789"),
        ("rate", ""),
        ("valid_on", "2027-03-11"),
        ("valid_on", ""),
        ("source", ""),
    ],
)
def test_a_rate_that_cannot_be_is_told_at_its_field(field, typed, desk):
    response = desk.post(f"{LIST}add/", RATE | {field: typed})
    assert list(response.context["adminform"].form.errors) == [field]
    assert not ExchangeRate.objects.exists()


def test_todays_rate_can_be_added_and_a_day_has_one(desk):
    assert desk.post(f"{LIST}add/", RATE | {"valid_on": "2027-03-10"}).status_code == 302
    assert desk.post(f"{LIST}add/", RATE | {"valid_on": "2027-03-10"}).status_code == 200
    assert ExchangeRate.objects.count() == 1


def test_a_rate_is_mended_until_a_budget_goes_by_it(desk, draft, malmo):
    desk.post(f"{LIST}add/", RATE | {"rate": "0,8"})
    rate = ExchangeRate.objects.get()
    page = f"{LIST}{rate.pk}/change/"
    assert desk.post(page, RATE).status_code == 302
    add_line(draft, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    assert "rate" not in fields_of(desk.get(page))
    assert desk.post(page, RATE | {"rate": "0,1"}).status_code == 403
    assert desk.post(f"{LIST}{rate.pk}/delete/", {"post": "yes"}).status_code == 403
    assert draft.budget.lines.get().amount_sek == 81


@pytest.mark.parametrize(("typed", "kept"), [("0,16", True), ("0,17", False), ("0,04", False)])
def test_a_rate_far_from_the_one_before_is_asked_about(desk, typed, kept):
    desk.post(f"{LIST}add/", RATE)
    new = RATE | {"valid_on": "2027-03-05", "rate": typed}
    response = desk.post(f"{LIST}add/", new)
    assert (response.status_code == 302) == kept
    if not kept:
        assert "0,0812" in " ".join(response.context["adminform"].form.errors["rate"])
        assert desk.post(f"{LIST}add/", new | {"sure": "on"}).status_code == 302


def test_the_list_shows_name_and_rate_as_written(desk):
    ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.0812"), valid_on=date(2027, 3, 1), source="Riksbanken"
    )
    html = desk.get(LIST).content.decode()
    assert "kenyansk shilling" in html
    assert ">0,0812<" in html
