from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from funding.periods import (
    EndBeforeStart,
    has_part_year,
    months,
    started_years,
    year_spans,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))
LENGTHS = st.integers(min_value=0, max_value=4000).map(timedelta)


@pytest.mark.parametrize(
    ("start", "end", "count_months", "count_years", "part_year"),
    [
        (date(2027, 1, 1), date(2027, 1, 1), 1, 1, True),
        (date(2027, 1, 1), date(2027, 1, 31), 1, 1, True),
        (date(2027, 1, 1), date(2027, 2, 1), 2, 1, True),
        (date(2027, 1, 1), date(2027, 12, 30), 12, 1, True),
        (date(2027, 1, 1), date(2027, 12, 31), 12, 1, False),
        (date(2027, 1, 1), date(2028, 1, 1), 13, 2, True),
        (date(2027, 9, 1), date(2029, 2, 28), 18, 2, True),
        (date(2027, 9, 1), date(2030, 8, 31), 36, 3, False),
        (date(2027, 9, 15), date(2030, 9, 14), 36, 3, False),
        (date(2027, 9, 15), date(2030, 9, 15), 37, 4, True),
        (date(2027, 1, 31), date(2027, 2, 28), 1, 1, True),
        (date(2027, 1, 31), date(2027, 3, 1), 2, 1, True),
        (date(2028, 2, 29), date(2029, 2, 28), 12, 1, False),
        (date(2028, 2, 29), date(2029, 3, 1), 13, 2, True),
        (date(2027, 3, 1), date(2028, 2, 28), 12, 1, True),
        (date(2027, 3, 1), date(2028, 2, 29), 12, 1, False),
    ],
)
def test_a_started_month_and_a_started_year_count(start, end, count_months, count_years, part_year):
    assert months(start, end) == count_months
    assert started_years(start, end) == count_years
    assert has_part_year(start, end) is part_year


def test_a_year_ends_the_day_before_the_next_begins():
    assert year_spans(date(2027, 9, 1), date(2029, 2, 28)) == [
        (date(2027, 9, 1), date(2028, 8, 31)),
        (date(2028, 9, 1), date(2029, 2, 28)),
    ]


def test_a_period_from_a_leap_day_goes_by_the_first_of_march_in_other_years():
    assert year_spans(date(2028, 2, 29), date(2032, 2, 29)) == [
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2029, 3, 1), date(2030, 2, 28)),
        (date(2030, 3, 1), date(2031, 2, 28)),
        (date(2031, 3, 1), date(2032, 2, 28)),
        (date(2032, 2, 29), date(2032, 2, 29)),
    ]


@pytest.mark.parametrize("function", [months, started_years, has_part_year, year_spans])
def test_an_end_before_the_start_is_refused(function):
    with pytest.raises(EndBeforeStart) as refused:
        function(date(2027, 9, 1), date(2027, 8, 31))

    assert refused.value.code == "end_before_start"
    with translation.override("en"):
        assert refused.value.text() == (
            "The last day is before the first day. Change one of the dates."
        )


def test_the_end_of_the_calendar_is_no_error():
    assert started_years(date(9999, 1, 1), date.max) == 1
    assert not has_part_year(date(9999, 1, 1), date.max)
    assert year_spans(date(9999, 1, 1), date.max) == [(date(9999, 1, 1), date.max)]


@given(start=DAYS, length=LENGTHS)
def test_the_years_cover_every_day_of_the_period_once(start, length):
    spans = year_spans(start, start + length)

    assert spans[0][0] == start
    assert spans[-1][1] == start + length
    assert all(first <= last for first, last in spans)
    assert all(
        last + timedelta(days=1) == following for (_, last), (following, _) in pairwise(spans)
    )


@given(start=DAYS, length=LENGTHS)
def test_a_year_has_twelve_months_and_only_the_last_may_be_shorter(start, length):
    end = start + length
    spans = year_spans(start, end)

    assert len(spans) == started_years(start, end)
    assert all(last - first in {timedelta(364), timedelta(365)} for first, last in spans[:-1])
    first, last = spans[-1]
    assert has_part_year(start, end) is (
        last - first < timedelta(364) or _a_day_is_left(start, end)
    )


@given(start=DAYS, length=LENGTHS)
def test_a_longer_period_never_has_fewer_months_or_years(start, length):
    end = start + length
    later = end + timedelta(days=1)

    assert months(start, end) <= months(start, later) <= months(start, end) + 1
    assert started_years(start, end) <= started_years(start, later) <= started_years(start, end) + 1


def _a_day_is_left(start: date, end: date) -> bool:
    """Would one more day still belong to the same project year?"""
    return len(year_spans(start, end + timedelta(days=1))) == len(year_spans(start, end))
