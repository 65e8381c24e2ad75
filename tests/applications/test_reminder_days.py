"""Which occasions a round has, and when each is due, by the clock in Sweden."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.reminders import (
    LONGEST,
    Occasion,
    OccasionKind,
    newly_due,
    of_the_close,
    of_the_opening,
)
from icld_portal.clock import stockholm
from tests.moments import SWEDEN


def at(text: str) -> datetime:
    """A moment as a clock in Sweden shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


def told(occasions) -> list[str]:
    return [f"{stockholm(each.due_at):%Y-%m-%d %H:%M}" for each in occasions]


def close(opens: str, closes: str) -> list[str]:
    return told(of_the_close(at(opens), at(closes)))


def test_the_spring_round_reminds_on_five_mornings():
    assert close("2027-02-15 00:00", "2027-03-16 00:00") == [
        "2027-03-01 08:00",
        "2027-03-08 08:00",
        "2027-03-12 08:00",
        "2027-03-14 08:00",
        "2027-03-15 08:00",
    ]


@pytest.mark.parametrize(
    ("closes", "mornings"),
    [
        # Summer time begins in the night to 28 March 2027, and ends in that to 31 October.
        ("2027-03-29 00:00", ["03-14", "03-21", "03-25", "03-27", "03-28"]),
        ("2027-03-28 00:00", ["03-13", "03-20", "03-24", "03-26", "03-27"]),
        ("2027-11-01 00:00", ["10-17", "10-24", "10-28", "10-30", "10-31"]),
        ("2027-10-31 00:00", ["10-16", "10-23", "10-27", "10-29", "10-30"]),
        ("2028-03-01 00:00", ["02-15", "02-22", "02-26", "02-28", "02-29"]),  # last day: 29 Feb
        ("2028-03-02 00:00", ["02-16", "02-23", "02-27", "02-29", "03-01"]),
    ],
)
def test_it_is_eight_in_the_morning_whatever_the_clocks_do(closes, mornings):
    year = closes[:4]
    assert close(f"{year}-01-01 00:00", closes) == [f"{year}-{day} 08:00" for day in mornings]


@pytest.mark.parametrize(
    ("opens", "closes", "count"),
    [
        ("2027-03-01 08:01", "2027-03-16 00:00", 4),  # opened after the first
        ("2027-03-10 00:00", "2027-03-16 00:00", 3),
        ("2027-03-15 00:00", "2027-03-16 00:00", 1),  # one day
        ("2027-03-15 09:00", "2027-03-15 17:00", 0),  # some hours
        ("2027-03-15 06:00", "2027-03-15 08:00", 0),  # closes as it would remind
        ("2027-02-15 00:00", "2027-03-15 07:00", 4),  # closes before the last morning
        ("2027-02-15 00:00", "2027-03-15 12:00", 5),  # an hour of its own
        ("2026-01-01 00:00", "2027-12-31 00:00", 5),  # a rolling one
    ],
)
def test_a_short_round_has_only_those_that_fall_within_it(opens, closes, count):
    assert len(close(opens, closes)) == count


@pytest.mark.parametrize(
    ("opens", "mornings"),
    [
        ("2027-02-15 00:00", ["2027-02-08 08:00", "2027-02-14 08:00", "2027-02-15 00:00"]),
        ("2027-03-29 00:00", ["2027-03-22 08:00", "2027-03-28 08:00", "2027-03-29 00:00"]),
        ("2028-03-01 12:00", ["2028-02-23 08:00", "2028-02-29 08:00", "2028-03-01 12:00"]),
    ],
)
def test_a_round_that_is_not_ready_is_told_of_three_times(opens, mornings):
    assert told(of_the_opening(at(opens))) == mornings


SPRING = of_the_close(at("2027-02-15 00:00"), at("2027-03-16 00:00"))


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("2027-03-01 07:59:59", 0),
        ("2027-03-01 08:00", 1),
        ("2027-03-01 08:01", 1),
        ("2027-03-08 07:59", 1),
        ("2027-03-12 08:00", 3),
        ("2027-03-15 23:59:59", 5),
    ],
)
def test_what_is_due_is_what_has_come_and_is_not_seen_to(moment, count):
    assert len(newly_due(SPRING, [], at(moment))) == count
    assert newly_due(SPRING, SPRING[:count], at(moment)) == []


def test_an_occasion_on_another_day_is_another_occasion():
    (first, *_rest) = SPRING
    earlier = Occasion(OccasionKind.LEFT_14, first.due_at - timedelta(days=7))
    assert newly_due(SPRING, [earlier], first.due_at) == [first]


@given(
    opens=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    lasts=st.timedeltas(timedelta(minutes=1), timedelta(days=60)),
)
def test_every_round_is_looked_at_in_time_for_each_of_its_occasions(opens, lasts):
    """The queries that fetch rounds look `LONGEST` ahead."""
    opens_at = opens.replace(tzinfo=SWEDEN)
    closes_at = (opens + lasts).replace(tzinfo=SWEDEN)
    before_close, before_opening = of_the_close(opens_at, closes_at), of_the_opening(opens_at)
    for each in before_close:
        assert opens_at < each.due_at < closes_at <= each.due_at + LONGEST
    for each in before_opening:
        assert each.due_at <= opens_at <= each.due_at + LONGEST
    for found in (before_close, before_opening):
        assert found == sorted(found, key=lambda each: each.due_at)
