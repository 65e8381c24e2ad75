from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.budget_rules import Finding
from funding.states import Severity
from tests.funding.budget_rules.budgets import (
    A_FEE_IN_MALMO,
    A_PERSON_IN_MALMO,
    LIMITS,
    findings,
    line,
    rules_found,
    said,
    source_of,
    work,
)

# --- the day rate ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", [A_PERSON_IN_MALMO, A_FEE_IN_MALMO])
@pytest.mark.parametrize(
    ("persons", "days", "rate_sek", "expected"),
    [
        (1, "1", 4800, []),
        (3, "10", 4800, []),
        (1, "0.25", 4800, []),
        (1, "0.01", 4799, []),
        (1, "1", 4801, ["day_rate"]),
        (3, "10", 4801, ["day_rate"]),
        (1, "0.25", 4801, ["day_rate"]),
    ],
)
def test_a_day_costs_at_most_the_day_rate_for_each_person(who, persons, days, rate_sek, expected):
    paid = work(persons, days, rate_sek, **who)

    assert rules_found(paid, line(200_000)) == expected


def test_a_rate_too_high_is_told_at_its_line():
    (found,) = findings(work(1, 2, 5300, key="salary 7"), line(400_000))

    assert (found.line_key, found.severity) == ("salary 7", Severity.STOP)
    assert source_of(found) == "Day rates 2019"
    assert said(found) == (
        "SEK 5 300 a day is more than the SEK 4 800 a day for each person that can be covered. "
        "Lower the price per day by at least SEK 500."
    )


def test_an_amount_that_comes_to_more_than_the_day_rate_is_found_behind_a_low_price():
    sly = line(10_000, **A_PERSON_IN_MALMO, quantity=Decimal(2), unit_price_sek=4000)
    (found,) = findings(sly, line(400_000))

    assert found.figures == {"rate_sek": 5000, "limit_sek": 4800, "over_sek": 200}


@pytest.mark.parametrize(("amount_sek", "expected"), [(48_000, []), (48_001, ["day_rate"])])
def test_a_day_paid_in_another_currency_is_judged_by_what_it_comes_to(amount_sek, expected):
    abroad = line(amount_sek, **A_PERSON_IN_MALMO, quantity=Decimal(10), unit_price_sek=4800)

    assert rules_found(abroad, line(100_000)) == expected


def test_an_expense_may_cost_more_than_a_day():
    assert findings(line(12_000, cost_type="KONS")) == []


# --- the share -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("salary", "fee", "other", "expected"),
    [
        (4000, 0, 4000, []),
        (4001, 0, 4000, ["salary_share"]),
        (4000, 0, 4001, []),
        (2000, 2000, 4000, []),
        (2000, 2001, 4000, ["salary_share"]),
        (4000, 0, 3999, ["salary_share"]),
        (4000, 0, 0, ["salary_share"]),
    ],
)
def test_salaries_and_fees_are_at_most_half_of_the_budget(salary, fee, other, expected):
    whole = [line(other)] if other else []
    whole += [work(1, 1, salary)] + ([work(1, 1, fee, **A_FEE_IN_MALMO)] if fee else [])

    assert rules_found(*whole) == expected


@pytest.mark.parametrize("share", ["0", "0.0001", "0.5"])
def test_no_pay_is_never_too_much_even_of_a_budget_below_nothing(share):
    limits = replace(LIMITS, max_pay_share=Decimal(share))

    assert findings(line(-1), parameters=limits, rule="salary_share") == []


def test_the_half_is_counted_over_the_whole_budget_and_not_by_year():
    pay_first = work(2, 10, 4800, project_year=1)
    rest_later = line(96_000, project_year=2, side="international", party_name="Lusaka")

    assert findings(pay_first, rest_later) == []


def test_too_much_pay_is_told_with_the_sum_that_would_do():
    (found,) = findings(work(10, 2, 4000), line(60_001))

    assert (found.severity, found.line_key) == (Severity.STOP, None)
    assert source_of(found) == "Shares 2019"
    assert said(found) == (
        "Salaries and fees are SEK 80 000 of a budget of SEK 140 001. They may be at most 50%. "
        "With the other costs as they are, lower them to SEK 60 001."
    )


def test_nothing_but_pay_is_told_to_add_the_rest():
    (found,) = findings(work(1, 1, 4000))

    assert said(found) == (
        "The budget is nothing but salaries and fees: SEK 4 000. They may be at most 50%. "
        "Add the other costs."
    )


@pytest.mark.parametrize(
    ("share", "expected"), [("0", ["salary_share"]), ("1", []), ("0.4", ["salary_share"])]
)
def test_the_share_may_be_anything_from_nothing_to_all(share, expected):
    limits = replace(LIMITS, max_pay_share=Decimal(share))

    assert rules_found(work(1, 1, 4000), line(4000), parameters=limits) == expected


@given(
    pay=st.integers(min_value=0, max_value=500_000),
    other=st.integers(min_value=1, max_value=500_000),
    percent=st.integers(min_value=1, max_value=99),
)
def test_pay_lowered_as_advised_keeps_the_share_and_one_krona_more_does_not(pay, other, percent):
    share = Decimal(percent) / 100
    for found in _share_found(pay, other, share):
        advised = found.figures["limit_sek"]
        assert not _share_found(advised, other, share)
        assert _share_found(advised + 1, other, share)


def _share_found(pay: int, other: int, share: Decimal) -> list[Finding]:
    lines = line(pay, **A_PERSON_IN_MALMO), line(other)
    limits = replace(LIMITS, max_pay_share=share)
    return findings(*lines, parameters=limits, rule="salary_share")


# --- whose pay -------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["salary", "fee"])
def test_the_partners_own_work_is_not_covered(group):
    theirs = {"side": "international", "party_name": "Lusaka City Council", "cost_group": group}
    (found,) = findings(work(1, 1, 9000, key="pay", **theirs), line(1000))

    assert (found.rule, found.severity, found.line_key) == ("partner_pay", Severity.STOP, "pay")
    assert source_of(found) == "Lund KS 2019/0835"
    assert said(found) == (
        "The partner's own salaries and fees are not covered. "
        "Remove this line for Lusaka City Council, or choose another cost type."
    )


def test_every_other_cost_of_the_partner_is_covered():
    assert findings(line(side="international", party_name="Lusaka City Council")) == []


# --- the limits ------------------------------------------------------------------------------


def test_the_limits_are_those_of_the_parameters():
    stricter = replace(LIMITS, max_day_rate_sek=3000, max_pay_share=Decimal("0.3"))
    lines = work(1, 1, 3001), line(7000)

    assert rules_found(*lines) == []
    assert rules_found(*lines, parameters=stricter) == ["salary_share", "day_rate"]
    assert rules_found(work(1, 1, 3000), line(7000), parameters=stricter) == []


def test_without_a_schedule_there_is_no_limit_to_break():
    assert rules_found(work(1, 1, 9000), parameters=None) == []


@pytest.mark.parametrize(
    ("share", "told"), [("0.335", "at most 33.5%."), ("0.3325", "at most 33.25%."), ("0.5", "50%.")]
)
def test_the_share_is_told_as_it_stands_in_the_schedule(share, told):
    limits = replace(LIMITS, max_pay_share=Decimal(share))
    (found,) = findings(work(1, 10, 4800), line(1_000), parameters=limits)

    assert told in said(found)


# --- which function --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [A_PERSON_IN_MALMO, A_FEE_IN_MALMO])
@pytest.mark.parametrize("description", ["", " ", "\t"])
def test_pay_says_which_function_it_is_for(kind, description):
    unnamed = work(1, 10, 4800, **{**kind, "description": description}, key="unnamed")
    (found,) = findings(unnamed, line(100_000), rule="pay_without_function")

    assert (found.severity, found.line_key) == (Severity.STOP, "unnamed")
    assert said(found) == "Write which function the pay is for, for example project manager."


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "Interpreter"},
        {"quantity": Decimal(0)},
        {"amount_sek": 0},
        {"cost_group": "expense"},
        {"side": "international"},
    ],
)
def test_what_is_no_pay_that_can_be_covered_needs_no_function(changes):
    unnamed = line(**{**A_PERSON_IN_MALMO, "description": "", **changes})

    assert findings(unnamed, rule="pay_without_function") == []
