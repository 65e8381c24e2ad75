"""Closing a country for new applications, and opening it again."""

from datetime import date, timedelta

import pytest

from icld_portal import clock
from partnerships.actions import close_country, reopen_country
from partnerships.models import Country
from partnerships.refusals import (
    CountryAlreadyOpen,
    CountryNotOpen,
    ReasonMissing,
    TooFarBack,
)
from tests.moments import MID_ROUND

TODAY = clock.local_date(MID_ROUND)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def zambia(reference):
    return Country.objects.get(code="ZM")


@pytest.fixture
def close(zambia, administrator):
    def close(**changed):
        wish = {"last_day": YESTERDAY, "at_once": False, "reason": "Läget i landet."}
        return close_country(zambia, **wish | changed, by=administrator, at=MID_ROUND)

    return close


@pytest.fixture
def reopen(zambia, administrator):
    def reopen(**changed):
        wish = {"first_day": TOMORROW, "reason": "Läget är bättre."}
        return reopen_country(zambia, **wish | changed, by=administrator, at=MID_ROUND)

    return reopen


def is_open(country: Country, day: date) -> bool:
    return Country.objects.open_on(day).filter(pk=country.pk).exists()


def test_the_last_day_is_included(close, zambia):
    close(last_day=TODAY)
    assert is_open(zambia, TODAY)
    assert not is_open(zambia, TOMORROW)


def test_with_yesterday_it_is_closed_today(close, zambia):
    close()
    assert not is_open(zambia, TODAY)


def test_drafts_are_stopped_only_when_that_is_asked_for(close, zambia):
    close()
    assert zambia not in Country.objects.closed_at_once_by(TODAY)


def test_closing_at_once_stops_drafts_and_wakes_the_task_that_tells_their_owners(
    close, zambia, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as woken:
        close(at_once=True)
    assert zambia in Country.objects.closed_at_once_by(TODAY)
    assert len(woken) == 1


def test_other_countries_stay_open(close, zambia):
    close()
    assert Country.objects.open_on(TODAY).count() == 18


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(close, reopen, reason):
    with pytest.raises(ReasonMissing):
        close(reason=reason)
    with pytest.raises(ReasonMissing):
        reopen(reason=reason)


def test_a_country_is_not_closed_in_hindsight(close, zambia):
    with pytest.raises(TooFarBack) as refused:
        close(last_day=YESTERDAY - timedelta(days=1))
    assert "9" in refused.value.text()
    assert is_open(zambia, TODAY)


def test_a_closed_country_is_not_closed_again(close):
    close()
    with pytest.raises(CountryNotOpen) as refused:
        close()
    assert "Zambia" in refused.value.text()


def test_a_closing_to_come_can_be_brought_forward(close, zambia):
    close(last_day=TODAY + timedelta(days=30))
    close(last_day=TODAY, reason="Tidigare än tänkt.")
    assert not is_open(zambia, TOMORROW)
    assert zambia.periods.get().reason == "Tidigare än tänkt."


def test_a_closed_country_can_be_opened_again(close, reopen, zambia):
    close()
    reopen(first_day=TODAY)
    assert is_open(zambia, TODAY)
    assert zambia.periods.count() == 2


def test_periods_never_overlap(close, reopen):
    with pytest.raises(CountryAlreadyOpen) as refused:
        reopen()
    assert "Zambia" in refused.value.text()
    close(last_day=TODAY)
    with pytest.raises(CountryAlreadyOpen):
        reopen(first_day=TODAY)


def test_the_change_log_knows_who_closed_it(close, zambia, administrator):
    close()
    (change,) = zambia.periods.get().events.exclude(pgh_context=None)
    assert change.pgh_context.metadata["user"] == administrator.pk
    assert change.pgh_context.metadata["action"] == "close_country"
