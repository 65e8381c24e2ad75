from dataclasses import replace

import pytest

from funding.states import Phase, Severity
from tests.funding.budget_rules.budgets import (
    LIMITS,
    findings,
    line,
    rules_found,
    said,
    source_of,
    trip,
)

VISITING = {Phase.PREPARATION, Phase.PROJECT, Phase.STEERING_GROUP}


def too_few(*lines, years=1, **changes) -> list[tuple[int, int]]:
    """The years with too few visits, and how many they have."""
    found = findings(*lines, years=years, rule="exchange_visits", **changes)
    return [(one.figures["year"], one.figures["found"]) for one in found]


@pytest.mark.parametrize(
    ("activities", "expected"),
    [
        (["To Lusaka"], [(1, 1)]),
        (["To Lusaka", "To Malmö"], []),
        (["To Lusaka", "To Lusaka"], [(1, 1)]),
        (["To Lusaka", " TO LUSAKA "], [(1, 1)]),
        (["", ""], []),
        ([""], [(1, 1)]),
        (["To Lusaka", ""], []),
        (["To Lusaka", "  "], []),
    ],
)
def test_a_year_has_as_many_visits_as_activities_that_are_travelled_to(activities, expected):
    assert too_few(*[trip(activity) for activity in activities]) == expected


def test_each_year_needs_its_own_visits():
    both_years = trip(), trip(), trip(project_year=2), trip(project_year=4)

    assert too_few(*both_years, years=3) == [(2, 1), (3, 0)]


@pytest.mark.parametrize(
    "other",
    [line(cost_type="RESA_LOK"), line(cost_type="LOGI"), trip(amount_sek=0)],
)
def test_only_travel_abroad_that_is_paid_for_is_a_visit(other):
    assert too_few(trip(), other) == [(1, 1)]


@pytest.mark.parametrize("phase", Phase.values)
def test_visits_are_asked_of_those_phases_that_are_an_exchange(phase):
    assert bool(too_few(line(), phase=phase)) == (phase in VISITING)


@pytest.mark.parametrize(("wanted", "expected"), [(0, []), (1, []), (2, [(1, 1)]), (3, [(1, 1)])])
def test_the_number_of_visits_is_that_of_the_parameters(wanted, expected):
    limits = replace(LIMITS, min_visits_a_year=wanted)

    assert too_few(trip(), parameters=limits) == expected


@pytest.mark.parametrize("unknown", [{"years": 0}, {"parameters": None}])
def test_no_visit_is_missed_before_years_and_limits_are_known(unknown):
    assert too_few(line(), **unknown) == []


def test_no_visit_is_missed_in_an_empty_budget():
    assert too_few() == []


def test_a_period_of_absurd_length_is_not_asked_year_by_year():
    assert len(too_few(line(), years=7000)) == 10


def test_too_few_visits_is_a_warning_that_needs_a_reason():
    (found,) = findings(trip("To Lusaka"), years=1, rule="exchange_visits")

    assert (found.severity, found.needs_reason, found.line_key) == (Severity.WARNING, True, None)
    assert source_of(found) == "Leaflet 2019"
    assert said(found) == (
        "Exchange visits in the budget for year 1: 1. At least 2 are asked for each year. Add "
        "international travel with each visit as its activity, or give a reason that ICLD can "
        "accept."
    )


# --- training --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ["training_travel"]),
        ({"description": "Tåg till KP-utbildningen"}, []),
        ({"activity": "TRAINING in municipal partnerships"}, []),
        ({"activity": "Studiebesök", "description": "Buss"}, ["training_travel"]),
    ],
)
def test_an_inception_is_reminded_of_the_travel_to_its_training(told, expected):
    assert rules_found(line(**told), phase="preparation") == expected


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != "preparation"])
def test_no_other_phase_is_reminded_of_training(phase):
    assert rules_found(line(), phase=phase) == []


def test_an_empty_inception_is_not_reminded_of_training():
    assert rules_found(phase="preparation") == ["empty_budget"]


def test_the_reminder_of_training_stands_in_nobodys_way():
    (found,) = findings(line(), phase="preparation")

    assert (found.severity, found.needs_reason) == (Severity.NOTE, False)
    assert source_of(found) == "ICLD introduction 2019-09-25"
    assert said(found) == (
        "The training in municipal partnerships is part of an inception. "
        "Remember to budget for the travel to it."
    )
