from decimal import Decimal

import pytest

from funding.states import Phase, Severity
from tests.funding.budget_rules.budgets import findings, line, rules_found, said, source_of


def test_an_empty_budget_is_stopped():
    (found,) = findings()

    assert (found.rule, found.severity) == ("empty_budget", Severity.STOP)
    assert said(found) == "The budget is empty. Add at least one line."


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_sek": 0},
        {"amount_sek": 0, "quantity": Decimal(0)},
        {"quantity": Decimal(0)},
        {"quantity": Decimal("NaN")},
        {"persons": 0},
        {"amount_sek": -1},
    ],
)
def test_a_line_without_quantity_or_price_is_stopped(changes):
    (found,) = findings(line(**changes), line(500, key="another"))

    assert (found.rule, found.severity, found.line_key) == (
        "zero_amount",
        Severity.STOP,
        "the line",
    )
    assert said(found) == (
        "This line comes to nothing. Fill in quantity and price, or delete the line."
    )


def test_the_least_line_is_one_krona():
    assert findings(line(1, quantity=Decimal("0.01"), unit_price_sek=100)) == []


# --- cost types ------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", Phase.values)
def test_a_cost_type_is_covered_in_its_own_phases_alone(phase):
    here_only, elsewhere = {phase}, set(Phase.values) - {phase}

    assert not findings(line(phases=here_only), phase=phase, rule="cost_type_not_covered")
    assert findings(line(phases=elsewhere), phase=phase, rule="cost_type_not_covered")


def test_a_cost_type_that_is_not_covered_is_told_with_the_phase():
    (found,) = findings(line(key="film", phases=[]), phase="dissemination")

    assert (found.severity, found.line_key) == (Severity.STOP, "film")
    assert source_of(found) == "ICLD's list of cost types"
    assert said(found) == (
        "This cost type is not covered in the phase Dissemination. "
        "Choose another cost type, or delete the line."
    )


# --- the same cost twice ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["duplicate_line"]),
        ({"quantity": Decimal("1.00")}, ["duplicate_line"]),
        ({"project_year": 2}, []),
        ({"party_name": "Lunds kommun"}, []),
        ({"side": "international"}, []),
        ({"cost_type": "LOKAL"}, []),
        ({"activity": "Conference"}, []),
        ({"description": "Posters"}, []),
        ({"persons": 2}, []),
        ({"quantity": Decimal(2)}, []),
        ({"unit_price_sek": 999}, []),
        ({"amount_sek": 1001}, []),
    ],
)
def test_two_lines_are_the_same_when_all_that_is_written_is(changes, expected):
    assert rules_found(line(key="first"), line(key="second", **changes)) == expected


def test_the_later_of_two_lines_that_are_the_same_is_pointed_at():
    found = findings(line(key="first"), line(2000), line(key="second"), line(key="third"))

    assert [one.line_key for one in found] == ["second", "third"]
    assert {one.severity for one in found} == {Severity.WARNING}
    assert not any(one.needs_reason for one in found)
    assert said(found[0]) == (
        "This line is the same as an earlier one. Delete it if the cost is there twice."
    )


def test_two_lines_that_come_to_nothing_are_told_as_that_alone():
    assert rules_found(line(0), line(0)) == ["zero_amount", "zero_amount"]


# --- audit -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("cost_type", "expected"), [("REV", 0), ("KONS", 1)])
def test_a_budget_without_audit_is_reminded_that_it_is_covered(cost_type, expected):
    found = findings(line(cost_type=cost_type), rule="audit_missing")

    assert len(found) == expected


def test_the_reminder_of_audit_stands_in_nobodys_way():
    (found,) = findings(line(), rule="audit_missing")

    assert (found.severity, found.needs_reason, found.line_key) == (Severity.NOTE, False, None)
    assert source_of(found) == "ICLD introduction 2019-09-25"
    assert said(found) == (
        "There is no audit in the budget. If your auditor is to review the report, "
        "add a line for it: audit is covered."
    )


def test_an_empty_budget_is_not_reminded_of_audit():
    assert findings(rule="audit_missing") == []
