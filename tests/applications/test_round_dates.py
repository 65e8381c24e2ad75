"""When rounds open and close: tables of the default windows, also across the change of clocks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.round_dates import is_open, state_of, window
from applications.states import RoundState, Season

SWEDEN = ZoneInfo("Europe/Stockholm")
WINDOWS = [
    (2027, Season.SPRING, "2027-02-15T00:00:00+01:00", "2027-03-16T00:00:00+01:00"),
    (2027, Season.AUTUMN, "2027-09-15T00:00:00+02:00", "2027-10-16T00:00:00+02:00"),
    (2019, Season.AUTUMN, "2019-09-15T00:00:00+02:00", "2019-10-16T00:00:00+02:00"),
    (2020, Season.SPRING, "2020-02-15T00:00:00+01:00", "2020-03-16T00:00:00+01:00"),
]


@pytest.mark.parametrize(("year", "season", "opens", "closes"), WINDOWS)
def test_the_default_window_in_swedish_time(year, season, opens, closes):
    found = window(year, season)
    assert (found.opens_at.isoformat(), found.closes_at.isoformat()) == (opens, closes)


@given(year=st.integers(2009, 2100), season=st.sampled_from(Season))
def test_the_last_day_is_open_to_its_last_instant_and_the_next_is_not(year, season):
    found = window(year, season)
    last_instant = found.closes_at - timedelta(microseconds=1)
    assert is_open(found.opens_at, found.closes_at, last_instant)
    assert not is_open(found.opens_at, found.closes_at, found.closes_at)
    assert last_instant.astimezone(SWEDEN).day == 15
    assert last_instant.astimezone(SWEDEN).hour == 23


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(SWEDEN)))
def test_a_moment_is_before_in_or_after_a_round_and_never_two_of_them(at):
    found = window(2027, Season.SPRING)
    state = state_of(found.opens_at, found.closes_at, at)
    assert (state == RoundState.OPEN) == is_open(found.opens_at, found.closes_at, at)
    assert (state == RoundState.UPCOMING) == (at < found.opens_at)
