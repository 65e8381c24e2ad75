from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from funding.budget_rules import RULES, Finding, Line, Parameters, check, line_amount
from funding.ceilings import Cell, ceiling_for
from funding.money import AmountTooLarge
from funding.states import Severity

NBSP = "\u00a0"
SOURCE = "Slides 2019"
A_PERSON_IN_MALMO = {"side": "swedish", "cost_type": "LON", "cost_group": "salary"}
A_FEE_IN_MALMO = {"side": "swedish", "cost_type": "ARV", "cost_group": "fee"}


def line(amount_sek=1000, **changes) -> Line:
    """An expense in the first year, one of it, unless said otherwise."""
    simplest = {
        "key": "the line",
        "project_year": 1,
        "side": "swedish",
        "party_name": "Malmö stad",
        "cost_type": "RESA_INT",
        "cost_group": "expense",
        "persons": 1,
        "quantity": Decimal(1),
        "unit_price_sek": amount_sek,
        "amount_sek": amount_sek,
    }
    return Line(**{**simplest, **changes})


def work(persons, days, rate_sek, **changes) -> Line:
    """A salary line of the Swedish side, unless said otherwise."""
    days = Decimal(days)
    return line(
        line_amount(persons, days, rate_sek),
        **{**A_PERSON_IN_MALMO, **changes},
        persons=persons,
        quantity=days,
        unit_price_sek=rate_sek,
    )


def ceiling(years=2, kind="max", basis="per_year", amount_sek=500_000):
    cell = Cell("project", "africa", False, amount_sek, basis, kind)
    asked = {
        "phase": "project",
        "regions": ["africa"],
        "multi_party": False,
        "years": years,
    }
    return ceiling_for([cell], **asked, schedule="A", source=SOURCE)


def findings(*lines, years=2, limit=None, parameters=None, rule=None) -> list[Finding]:
    limit = limit or ceiling(years)
    found = check(lines, limit, years, parameters or Parameters())
    return [one for one in found if rule in {None, one.rule}]


def rules_found(*lines, **changes) -> list[str]:
    return [one.rule for one in findings(*lines, **changes)]


def said(finding: Finding) -> str:
    with translation.override("en"):
        return finding.text().replace(NBSP, " ")


def test_a_budget_that_keeps_all_rules_has_no_findings():
    budget = [
        work(2, 10, 4800, key="staff"),
        work(1, 3, 2000, key="politician", **A_FEE_IN_MALMO),
        line(120_000, key="flights"),
        line(
            80_000,
            key="hall",
            side="international",
            party_name="Lusaka",
            project_year=2,
        ),
    ]

    assert findings(*budget) == []


# --- ceiling ---------------------------------------------------------------------------------


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
    budget = line(first_year), line(second_year, project_year=2)

    assert rules_found(*budget) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("max", ["ceiling_total"]), ("guideline", ["guideline_exceeded"])]
)
def test_a_single_year_over_its_ceiling_is_said_once(kind, expected):
    assert rules_found(line(500_001), limit=ceiling(years=1, kind=kind), years=1) == expected


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

    with translation.override("sv"):
        assert found.text().replace(NBSP, " ") == (
            "År 2 är 24 000 kr över takbeloppet 500 000 kr. Minska budgeten för år 2."
        )


@pytest.mark.parametrize(("amount_sek", "expected"), [(50_000, []), (50_001, ["ceiling_total"])])
def test_a_total_ceiling_does_not_ask_which_year(amount_sek, expected):
    limit = ceiling(basis="total", amount_sek=50_000)

    assert rules_found(line(amount_sek), limit=limit) == expected


def test_a_budget_over_a_total_ceiling_is_told_by_how_much():
    (found,) = findings(line(60_000), limit=ceiling(basis="total", amount_sek=50_000))

    assert said(found) == (
        "The budget is SEK 10 000 over the ceiling of SEK 50 000. Reduce it by at least SEK 10 000."
    )


@pytest.mark.parametrize(
    ("amount_sek", "expected"), [(500_000, []), (500_001, ["guideline_exceeded"])]
)
def test_a_guideline_is_exceeded_from_one_krona_over(amount_sek, expected):
    assert rules_found(line(amount_sek), limit=ceiling(kind="guideline")) == expected


def test_more_than_a_guideline_is_a_warning_that_needs_a_reason():
    both_years = line(500_001), line(500_000, project_year=2)
    whole, one_year = findings(*both_years, limit=ceiling(kind="guideline"))

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
    found = check([work(1, 1, 4801)], None, 1, Parameters())

    assert [one.rule for one in found] == ["ceiling_unknown", "salary_share", "day_rate"]
    assert found[0].severity == Severity.STOP


# --- salaries and fees -----------------------------------------------------------------------


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
    budget = work(persons, days, rate_sek, **who), line(200_000)

    assert rules_found(*budget) == expected


def test_a_rate_too_high_is_told_at_its_line():
    (found,) = findings(work(1, 2, 5300, key="salary 7"), line(400_000))

    assert found.line_key == "salary 7"
    assert found.severity == Severity.STOP
    assert said(found) == (
        "SEK 5 300 a day is more than the SEK 4 800 a day for each person that can be covered. "
        "Lower the price per day by at least SEK 500."
    )
    with translation.override("en"):
        assert found.source == "ICLD introduction 2019-09-25"


def test_an_amount_that_comes_to_more_than_the_day_rate_is_found_behind_a_low_price():
    sly = line(10_000, **A_PERSON_IN_MALMO, quantity=Decimal(2), unit_price_sek=4000)
    (found,) = findings(sly, line(400_000))

    assert found.figures == {"rate_sek": 5000, "limit_sek": 4800, "over_sek": 200}


def test_an_expense_may_cost_more_than_a_day():
    assert findings(line(12_000, cost_type="KONS")) == []


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
    budget = [line(other)] if other else []
    budget += [work(1, 1, salary)] + ([work(1, 1, fee, **A_FEE_IN_MALMO)] if fee else [])

    assert rules_found(*budget) == expected


def test_the_half_is_counted_over_the_whole_budget_and_not_by_year():
    pay_first = work(2, 10, 4800, project_year=1)
    rest_later = line(96_000, project_year=2, side="international", party_name="Lusaka")

    assert findings(pay_first, rest_later) == []


def test_too_much_pay_is_told_with_the_sum_that_would_do():
    (found,) = findings(work(10, 2, 4000), line(60_001))

    assert said(found) == (
        "Salaries and fees are SEK 80 000 of a budget of SEK 140 001. They may be at most 50%. "
        "With the other costs as they are, lower them to SEK 60 001."
    )
    assert found.severity == Severity.STOP
    with translation.override("en"):
        assert found.source == "Lund KS 2019/0835"


@pytest.mark.parametrize("group", ["salary", "fee"])
def test_the_partners_own_work_is_not_covered(group):
    theirs = {
        "side": "international",
        "party_name": "Lusaka City Council",
        "cost_group": group,
    }
    (found,) = findings(work(1, 1, 100, key="pay", **theirs), line(1000))

    assert (found.rule, found.severity, found.line_key) == (
        "partner_pay",
        Severity.STOP,
        "pay",
    )
    assert said(found) == (
        "The partner's own salaries and fees are not covered. "
        "Remove this line for Lusaka City Council, or choose another cost type."
    )


def test_the_limits_are_those_of_the_parameters():
    stricter = Parameters(max_day_rate_sek=3000, max_salary_share=Decimal("0.3"))
    budget = work(1, 1, 3001), line(7000)

    assert rules_found(*budget) == []
    assert rules_found(*budget, parameters=stricter) == ["salary_share", "day_rate"]
    assert rules_found(work(1, 1, 3000), line(7000), parameters=stricter) == []


# --- what every budget needs -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "expected"),
    [(0, ["project_year"]), (1, []), (2, []), (3, ["project_year"])],
)
def test_a_line_falls_in_a_year_of_the_period(year, expected):
    assert rules_found(line(project_year=year), years=2) == expected


def test_no_year_is_wrong_before_the_dates_are_set():
    assert check([line(project_year=3)], None, 0, Parameters()) == []


@pytest.mark.parametrize(("years", "period"), [(1, "1 year"), (2, "2 years")])
def test_a_line_outside_the_period_is_told_how_long_it_is(years, period):
    (found,) = findings(line(project_year=3), years=years)

    assert found.line_key == "the line"
    assert said(found) == (
        f"This line is for year 3, but the period has {period}. "
        "Choose another year, or change the dates."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_sek": 0},
        {"amount_sek": 0, "quantity": Decimal(0)},
        {"quantity": Decimal(0)},
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


def test_an_empty_budget_is_stopped():
    (found,) = findings()

    assert (found.rule, found.severity) == ("empty_budget", Severity.STOP)
    assert said(found) == "The budget is empty. Add at least one line."


# --- all rules -------------------------------------------------------------------------------

LINES = st.lists(
    st.builds(
        line,
        amount_sek=st.integers(min_value=0, max_value=900_000),
        project_year=st.integers(min_value=0, max_value=5),
        side=st.sampled_from(["swedish", "international"]),
        cost_group=st.sampled_from(["salary", "fee", "expense"]),
        persons=st.integers(min_value=0, max_value=10),
        quantity=st.decimals(min_value=0, max_value=300, places=2),
        key=st.uuids().map(str),
    ),
    max_size=8,
)


@given(lines=LINES, years=st.integers(min_value=1, max_value=3))
def test_every_finding_names_its_rule_and_can_be_told_with_a_source(lines, years):
    names = [rule.__name__ for rule in RULES]
    keys = {one.key for one in lines} | {None}

    for found in findings(*lines, years=years):
        assert found.rule in names
        assert found.line_key in keys
        assert found.text()
        assert str(found.source)


@given(
    pay=st.integers(min_value=0, max_value=500_000),
    other=st.integers(min_value=0, max_value=500_000),
    percent=st.integers(min_value=1, max_value=99),
)
def test_pay_lowered_as_advised_keeps_the_share_and_one_krona_more_does_not(pay, other, percent):
    parameters = Parameters(max_salary_share=Decimal(percent) / 100)
    for found in _share_found(pay, other, parameters):
        advised = found.figures["limit_sek"]
        assert not _share_found(advised, other, parameters)
        assert _share_found(advised + 1, other, parameters)


def _share_found(pay: int, other: int, parameters: Parameters) -> list[Finding]:
    budget = line(pay, **A_PERSON_IN_MALMO), line(other)
    return findings(*budget, parameters=parameters, rule="salary_share")


@pytest.mark.parametrize(
    ("persons", "days", "rate_sek", "amount_sek"),
    [
        (2, "10", 4800, 96_000),
        (1, "0.5", 4801, 2401),
        (1, "0.25", 4801, 1200),
        (0, "3", 4800, 0),
        (1, "1000", 1_000_000, 1_000_000_000),
    ],
)
def test_a_line_comes_to_whole_kronor_with_half_a_krona_rounded_up(
    persons, days, rate_sek, amount_sek
):
    assert line_amount(persons, Decimal(days), rate_sek) == amount_sek


def test_a_line_larger_than_the_database_can_hold_is_refused():
    with pytest.raises(AmountTooLarge):
        line_amount(100, Decimal("999999.99"), 1_000_000_000)
