"""Red days: which they are, and where what falls due on one is moved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.red_days import is_red, last_day_overdue, next_working_day

DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2027-01-01", "nyårsdagen"),
        ("2027-01-06", "trettondedag jul"),
        ("2027-03-26", "långfredagen"),
        ("2027-03-29", "annandag påsk"),
        ("2028-05-01", "första maj"),
        ("2027-05-06", "Kristi himmelsfärdsdag"),
        ("2028-06-06", "nationaldagen"),
        ("2027-06-25", "midsommarafton"),
        ("2027-06-26", "midsommardagen"),
        ("2027-11-06", "alla helgons dag"),
        ("2027-12-24", "julafton"),
        ("2026-12-25", "juldagen"),
        ("2029-12-26", "annandag jul"),
        ("2027-12-31", "nyårsafton"),
        ("2027-03-13", "a Saturday"),
        ("2027-03-14", "a Sunday"),
    ],
)
def test_these_are_red(day, what):
    assert is_red(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2027-03-15", "the last day of a round"),
        ("2027-03-25", "skärtorsdagen"),
        ("2027-04-30", "valborgsmässoafton"),
        ("2027-05-07", "the Friday after Kristi himmelsfärdsdag"),
        ("2027-05-17", "annandag pingst, no longer"),
        ("2027-11-05", "allhelgonaafton"),
        ("2028-02-29", "a leap day"),
    ],
)
def test_and_these_are_not(day, what):
    assert not is_red(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        ("2027-04-14", "2027-04-14"),  # a Wednesday stays
        ("2027-04-17", "2027-04-19"),  # Saturday to Monday
        ("2027-03-26", "2027-03-30"),  # långfredag, over Easter
        ("2027-05-01", "2027-05-03"),
        ("2027-06-25", "2027-06-28"),  # midsommarafton
        ("2027-12-24", "2027-12-27"),  # the 25th and 26th are a weekend
        ("2025-12-24", "2025-12-29"),
        ("2027-12-31", "2028-01-03"),  # over New Year
    ],
)
def test_what_falls_due_on_a_red_day_is_moved_to_the_next_working_day(due, moved):
    assert next_working_day(date.fromisoformat(due)) == date.fromisoformat(moved)


@given(DAYS)
def test_a_day_is_moved_forward_to_the_first_that_is_not_red_and_less_than_a_week(day):
    moved = next_working_day(day)
    assert not is_red(moved)
    assert timedelta() <= moved - day < timedelta(days=7)
    assert all(is_red(day + timedelta(days=count)) for count in range((moved - day).days))


@given(due=DAYS, days=st.integers(-10, 10))
def test_the_two_ways_of_asking_what_is_late_agree(due, days):
    """One for a day, the other for a query over many."""
    today = due + timedelta(days=days)
    assert (today > next_working_day(due)) == (due <= last_day_overdue(today))
