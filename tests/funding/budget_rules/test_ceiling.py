import pytest

from funding.money import MAX_AMOUNT_SEK
from funding.states import Severity
from tests.funding.budget_rules.budgets import (
    SOURCE,
    budget,
    ceiling,
    findings,
    line,
    rules_found,
    said,
    work,
)


@pytest.mark.parametrize(
    ("first_year", "second_year", "expected"),
    [
        (500_000, 500_000, []),
        (500_001, 499_999, ["ceiling_per_year"]),
        (499_999, 500_001, ["ceiling_per_year"]),
        (500_001, 500_000, ["ceiling_total", "ceiling_per_year"]),
        (500_001, 500_001, ["ceiling_total", "ceiling_per_year", "ceiling_per_year"]),
    ],
)
def test_a_yearly_ceiling_holds_for_each_year_and_in_total(first_year, second_year, expected):
    both = line(first_year), line(second_year, project_year=2)

    assert rules_found(*both) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("max", ["ceiling_total"]), ("guideline", ["guideline_exceeded"])]
)
def test_a_single_year_over_its_ceiling_is_said_once(kind, expected):
    assert rules_found(line(500_001), ceiling=ceiling(years=1, kind=kind), years=1) == expected


def test_a_year_over_the_ceiling_is_told_with_what_to_do_and_where_it_stands():
    (found,) = findings(line(524_000, project_year=2))

    assert said(found) == (
        "Year 2 is SEK 24 000 over the ceiling of SEK 500 000. Reduce the budget for year 2."
    )
    assert found.severity == Severity.STOP
    assert found.source == SOURCE
    assert found.line_key is None
    assert found.figures == {
        "year": 2,
        "amount_sek": 524_000,
        "ceiling_sek": 500_000,
        "over_sek": 24_000,
    }


def test_a_finding_is_told_in_swedish_too():
    (found,) = findings(line(524_000, project_year=2))

    assert said(found, "sv") == (
        "År 2 är 24 000 kr över takbeloppet 500 000 kr. Minska budgeten för år 2."
    )


@pytest.mark.parametrize(("amount_sek", "expected"), [(50_000, []), (50_001, ["ceiling_total"])])
def test_a_total_ceiling_does_not_ask_which_year(amount_sek, expected):
    limit = ceiling(basis="total", amount_sek=50_000)

    assert rules_found(line(amount_sek), ceiling=limit) == expected


def test_a_budget_over_a_total_ceiling_is_told_by_how_much():
    (found,) = findings(line(60_000), ceiling=ceiling(basis="total", amount_sek=50_000))

    assert said(found) == (
        "The budget is SEK 10 000 over the ceiling of SEK 50 000. Reduce it by at least SEK 10 000."
    )


@pytest.mark.parametrize(
    ("amount_sek", "expected"), [(500_000, []), (500_001, ["guideline_exceeded"])]
)
def test_a_guideline_is_exceeded_from_one_krona_over(amount_sek, expected):
    assert rules_found(line(amount_sek), ceiling=ceiling(kind="guideline")) == expected


def test_more_than_a_guideline_is_a_warning_that_needs_a_reason():
    both_years = line(500_001), line(500_000, project_year=2)
    whole, one_year = findings(*both_years, ceiling=ceiling(kind="guideline"))

    assert {whole.severity, one_year.severity} == {Severity.WARNING}
    assert whole.needs_reason
    assert one_year.needs_reason
    assert said(whole) == (
        "The budget is SEK 1 over the guideline amount of SEK 1 000 000. "
        "Reduce it, or give a reason that ICLD can accept."
    )
    assert said(one_year) == (
        "Year 1 is SEK 1 over the guideline amount of SEK 500 000. "
        "Reduce it, or give a reason that ICLD can accept."
    )


def test_without_a_known_ceiling_the_other_rules_still_hold():
    found = findings(work(1, 1, 4801), line(4800), ceiling=None)

    assert [one.rule for one in found] == ["ceiling_unknown", "salary_share", "day_rate"]
    assert found[0].severity == Severity.STOP


def test_no_ceiling_is_asked_for_before_the_dates_are_set():
    assert budget(line(), years=0).ceiling is None
    assert rules_found(line(), years=0) == []


# --- digits too many -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts_sek", "expected"),
    [
        ((MAX_AMOUNT_SEK,), []),
        ((MAX_AMOUNT_SEK - 1, 1), []),
        ((MAX_AMOUNT_SEK, 1), ["total_too_large"]),
        ((MAX_AMOUNT_SEK,) * 3, ["total_too_large"]),
    ],
)
def test_a_sum_that_no_budget_comes_near_is_stopped_where_a_guideline_only_warns(
    amounts_sek, expected
):
    lines = [line(amount_sek, description=str(no)) for no, amount_sek in enumerate(amounts_sek)]
    rest = ["guideline_exceeded", "guideline_exceeded"]

    assert rules_found(*lines, ceiling=ceiling(kind="guideline")) == expected + rest


def test_a_sum_with_too_many_digits_is_told_before_any_ceiling_and_without_one():
    lines = line(MAX_AMOUNT_SEK), line(1)
    (found, unknown) = findings(*lines, ceiling=None)

    assert unknown.rule == "ceiling_unknown"
    assert (found.severity, found.line_key) == (Severity.STOP, None)
    assert said(found) == (
        "The budget is SEK 1 000 000 001. It can be at most SEK 1 000 000 000. "
        "Check the number of digits in every line."
    )
