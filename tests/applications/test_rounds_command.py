"""`manage.py rounds`: when one may apply, for operators and other programs."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from applications.models import Round
from icld_portal import clock
from tests.applications.more_rounds import an_extra_round
from tests.moments import MID_ROUND

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture(autouse=True)
def _mid_round(set_clock):
    set_clock(MID_ROUND)


def rounds(year: object) -> list[dict]:
    out = StringIO()
    call_command("rounds", f"--year={year}", stdout=out)
    return json.loads(out.getvalue())


def test_a_year_has_its_two_rounds_in_order_with_stockholm_offsets():
    told = [
        (row["season"], row["opens_at"], row["closes_at"], row["state"]) for row in rounds(2027)
    ]
    assert told == [
        ("spring", "2027-02-15T00:00:00+01:00", "2027-03-16T00:00:00+01:00", "open"),
        ("autumn", "2027-09-15T00:00:00+02:00", "2027-10-16T00:00:00+02:00", "upcoming"),
    ]
    assert [row["planned"] for row in rounds(2027)] == [False, False]


def test_the_clock_of_the_demo_decides_the_state(set_clock):
    set_clock(clock.start_of(date(2027, 3, 16)))
    assert rounds(2027)[0]["state"] == "closed"


def test_an_extended_round_is_told_as_it_is():
    Round.objects.filter(season="spring", year=2027).update(
        closes_at=clock.start_of(date(2027, 3, 19))
    )
    assert rounds(2027)[0]["closes_at"] == "2027-03-19T00:00:00+01:00"


def test_a_year_without_rounds_yet_is_told_by_the_default_dates():
    assert not Round.objects.filter(year=2044).exists()
    spring, autumn = rounds(2044)
    assert (spring["opens_at"], spring["closes_at"]) == (
        "2044-02-15T00:00:00+01:00",
        "2044-03-16T00:00:00+01:00",
    )
    assert spring["planned"]
    assert autumn["planned"]
    assert not Round.objects.filter(year=2044).exists()


def test_only_the_missing_season_is_planned():
    Round.objects.filter(season="autumn", year=2028).delete()
    assert [row["planned"] for row in rounds(2028)] == [False, True]


def test_every_extra_round_of_the_year_is_told_beside_the_regular_ones():
    for month in (6, 7):
        days = {"opens_at": date(2027, month, 1), "closes_at": date(2027, month, 20)}
        moments = {name: clock.start_of(day) for name, day in days.items()}
        an_extra_round(**moments, name_sv=f"Extra {month}", name_en=f"Extra {month}")
    told = [(row["kind"], row["season"], row["opens_at"][:7]) for row in rounds(2027)]
    assert told == [
        ("regular", "spring", "2027-02"),
        ("extra", "", "2027-06"),
        ("extra", "", "2027-07"),
        ("regular", "autumn", "2027-09"),
    ]


@pytest.mark.parametrize("year", ["2008", "2101", "-2027", "0", "i år", "2027.0", ""])
def test_another_year_is_refused_in_one_line(year):
    with pytest.raises(CommandError) as error:
        rounds(year)
    assert error.value.returncode == 2
    assert "2009 to 2100" in str(error.value)
