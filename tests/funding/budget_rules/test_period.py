from datetime import date

import pytest

from funding.states import Severity
from tests.funding.budget_rules.budgets import findings, line, rules_found, said, source_of

FIRST = date(2027, 9, 1)
THE_DAY_BEFORE = date(2027, 8, 31)


@pytest.mark.parametrize(
    ("year", "expected"),
    [(0, ["project_year"]), (1, []), (2, []), (3, ["project_year"])],
)
def test_a_line_falls_in_a_year_of_the_period(year, expected):
    assert rules_found(line(project_year=year), years=2) == expected


def test_no_year_is_wrong_before_the_dates_are_set():
    assert rules_found(line(project_year=3), years=0) == []


@pytest.mark.parametrize(("years", "period"), [(1, "1 year"), (2, "2 years")])
def test_a_line_outside_the_period_is_told_how_long_it_is(years, period):
    (found,) = findings(line(project_year=3), years=years)

    assert (found.severity, found.line_key) == (Severity.STOP, "the line")
    assert source_of(found) == "Costs must fall within the period applied for"
    assert said(found) == (
        f"This line is for year 3, but the period has {period}. "
        "Choose another year, or change the dates."
    )


@pytest.mark.parametrize(
    ("starts_on", "earliest_start", "expected"),
    [
        (FIRST, FIRST, []),
        (THE_DAY_BEFORE, FIRST, ["earliest_start"]),
        (FIRST, THE_DAY_BEFORE, []),
        (FIRST, None, []),
        (None, FIRST, []),
    ],
)
def test_costs_arise_no_earlier_than_the_round_allows(starts_on, earliest_start, expected):
    dates = {"starts_on": starts_on, "earliest_start": earliest_start}

    assert rules_found(line(), **dates) == expected


def test_a_start_too_early_is_told_with_both_days():
    (found,) = findings(line(), starts_on=THE_DAY_BEFORE, earliest_start=FIRST)

    assert (found.severity, found.line_key) == (Severity.STOP, None)
    assert source_of(found) == "Earliest start of the application round"
    assert said(found) == (
        "Costs cannot arise before 1 September 2027, but the period begins on 31 August 2027. "
        "Change the first day."
    )


def test_a_start_too_early_means_nothing_to_an_empty_budget():
    assert rules_found(starts_on=THE_DAY_BEFORE, earliest_start=FIRST) == ["empty_budget"]
