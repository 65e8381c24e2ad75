"""What a reader sees of money, days and times."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from icld_portal import formats
from icld_portal.clock import start_of

SPRING_CLOSES = start_of(date(2027, 3, 16))


def plain(text: str) -> str:
    return text.replace(formats.NBSP, "_")


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [
        (0, "0_kr", "SEK_0"),
        (4800, "4_800_kr", "SEK_4_800"),
        (10_641_000, "10_641_000_kr", "SEK_10_641_000"),
        (-1500, "−1_500_kr", "SEK_−1_500"),
        (Decimal("4800.50"), "4_800,50_kr", "SEK_4_800.50"),
    ],
)
def test_kronor_are_held_together_by_no_break_spaces(amount, swedish, english):
    assert plain(formats.kronor(amount, "sv")) == swedish
    assert plain(formats.kronor(amount, "en")) == english


@pytest.mark.parametrize(
    ("count", "swedish", "english"),
    [
        (1, "1_kB", "1_kB"),
        (8_200, "8_kB", "8_kB"),
        (2_400_000, "2,3_MB", "2.3_MB"),
        (20 * 1024 * 1024, "20_MB", "20_MB"),
    ],
)
def test_a_files_size_is_told_roughly(count, swedish, english):
    assert plain(formats.file_size(count, "sv")) == swedish
    assert plain(formats.file_size(count, "en")) == english


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_no_digit_of_an_amount_is_ever_lost(amount):
    digits = formats.kronor(amount, "sv").replace(formats.NBSP, "").removesuffix("kr")
    assert int(digits.replace(formats.MINUS, "-")) == amount


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (43, 100, "43_%"),
        (50_001, 100_000, "50,1_%"),
        (5000, 10000, "50_%"),
        (335, 1000, "33,5_%"),
        (1, 3, "33,4_%"),
        (0, 0, "0_%"),
        (Decimal("0.501"), 1, "50,1_%"),
    ],
)
def test_a_share_just_over_a_limit_never_reads_as_within_it(part, whole, shown):
    assert plain(formats.percent(part, whole, "sv")) == shown


@pytest.mark.parametrize(
    ("value", "in_swedish", "in_english"),
    [
        ("50.00", "50_%", "50%"),
        ("33.50", "33,5_%", "33.5%"),
        ("33.25", "33,25_%", "33.25%"),
        ("0", "0_%", "0%"),
    ],
)
def test_a_limit_in_per_cent_is_told_as_it_stands(value, in_swedish, in_english):
    for given_ in (value, Decimal(value)):
        assert plain(formats.percent_exact(given_, "sv")) == in_swedish
        assert plain(formats.percent_exact(given_, "en")) == in_english


def test_a_day_keeps_its_number_and_month_on_one_line():
    day = date(2027, 3, 15)
    assert plain(formats.day(day, "sv")) == "15_mars 2027"
    assert plain(formats.day(day, "en")) == "15_March 2027"
    assert plain(formats.day_short(day, "sv")) == "15_mars"
    assert plain(formats.weekday(day, "sv")) == "måndag 15_mars"
    assert plain(formats.weekday_long(day, "en")) == "Monday 15_March 2027"


def test_a_period_names_both_its_days():
    text = formats.period(date(2027, 9, 1), date(2030, 8, 31), "sv")
    assert plain(text) == "1_september 2027 – 31_augusti 2030"


def test_a_moment_is_shown_on_swedish_clocks_in_winter_and_summer():
    winter, summer = (
        datetime(2027, 3, 15, 20, 47, 3, tzinfo=UTC),
        datetime(2027, 7, 1, 22, tzinfo=UTC),
    )
    assert plain(formats.moment(winter, "sv")) == "15_mars 2027 kl._21.47"
    assert plain(formats.moment(winter, "en")) == "15_March 2027, 21:47"
    assert plain(formats.moment(summer, "sv")) == "2_juli 2027 kl._00.00"


def test_a_receipt_shows_the_second():
    received = datetime(2027, 3, 15, 20, 47, 3, tzinfo=UTC)
    assert plain(formats.receipt_moment(received, "sv")) == "15_mars 2027 kl._21.47.03"
    assert plain(formats.receipt_moment(received, "en")) == "15_March 2027, 21:47:03"


def test_the_deadline_names_the_last_day_that_counts():
    with translation.override("en"):
        text = formats.deadline(SPRING_CLOSES)
    assert plain(text) == "up to and including Monday 15_March, until midnight Swedish time"


def test_a_round_extended_to_an_hour_says_that_hour():
    with translation.override("en"):
        text = formats.deadline(SPRING_CLOSES + timedelta(hours=15))
    assert plain(text) == "up to and including Tuesday 16_March, until 15:00 Swedish time"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2027, 3, 10, 9, 12, tzinfo=UTC), "5 days left"),
        (datetime(2027, 3, 13, 23, 30, tzinfo=UTC), "1 day left"),
        (datetime(2027, 3, 15, 22, 59, 59, tzinfo=UTC), "Last day, until midnight Swedish time"),
        (SPRING_CLOSES, "Closed"),
    ],
)
def test_days_left_are_counted_by_the_swedish_calendar(at, shown):
    with translation.override("en"):
        assert formats.days_left_text(SPRING_CLOSES, at) == shown


def test_the_last_day_of_an_extended_round_says_its_hour():
    closes_at = SPRING_CLOSES + timedelta(hours=15)
    with translation.override("en"):
        text = formats.days_left_text(closes_at, closes_at - timedelta(minutes=5))
    assert plain(text) == "Last day, until 15:00 Swedish time"
