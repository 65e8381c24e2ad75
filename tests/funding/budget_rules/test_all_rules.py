import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from funding.budget_rules import RULES, BudgetContext, Parameters, check
from funding.states import Phase
from funding.wording import Bilingual
from tests.funding.budget_rules.budgets import (
    A_FEE_IN_MALMO,
    LIMITS,
    budget,
    ceiling,
    findings,
    line,
    trip,
    work,
)

FIGURES = st.integers(min_value=-1, max_value=10**13)
QUANTITIES = st.decimals(min_value=-1, max_value=10**12, places=2) | st.sampled_from(
    [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("1E-9")]
)
LINES = st.lists(
    st.builds(
        line,
        amount_sek=FIGURES,
        unit_price_sek=FIGURES,
        project_year=st.integers(min_value=0, max_value=5),
        side=st.sampled_from(["swedish", "international"]),
        cost_type=st.sampled_from(["LON", "REV", "RESA_INT", "LOGI"]),
        cost_group=st.sampled_from(["salary", "fee", "expense"]),
        persons=st.integers(min_value=-1, max_value=10),
        quantity=QUANTITIES,
        activity=st.sampled_from(["", "To Lusaka", "training"]),
        phases=st.sets(st.sampled_from(Phase.values)),
        key=st.uuids().map(str),
    ),
    max_size=8,
)
PARAMETERS = st.builds(
    Parameters,
    max_day_rate_sek=st.integers(min_value=1, max_value=10_000),
    max_pay_share=st.decimals(min_value=0, max_value=1, places=4),
    min_visits_a_year=st.integers(min_value=0, max_value=4),
    day_rate_source=st.just("A"),
    pay_share_source=st.just("B"),
    visits_source=st.just("C"),
)
DAYS = st.none() | st.dates()
CEILINGS = st.builds(
    ceiling,
    years=st.integers(min_value=1, max_value=4),
    kind=st.sampled_from(["max", "guideline"]),
    basis=st.sampled_from(["total", "per_year"]),
    amount_sek=st.integers(min_value=1, max_value=10**7),
)


BUDGETS = st.builds(
    BudgetContext,
    lines=LINES.map(tuple),
    ceiling=st.none() | CEILINGS,
    years=st.integers(min_value=-1, max_value=4) | st.just(10**6),
    phase=st.sampled_from([*Phase.values, "holiday"]),
    starts_on=DAYS,
    earliest_start=DAYS,
    parameters=st.none() | PARAMETERS,
)


def test_a_budget_that_keeps_all_rules_has_no_findings():
    whole = [
        work(2, 10, 4800, key="staff"),
        work(1, 3, 2000, key="politician", **A_FEE_IN_MALMO),
        trip("To Lusaka", 120_000),
        trip("To Malmö", 60_000, side="international"),
        line(20_000, key="auditor", cost_type="REV"),
        trip("To Lusaka", 120_000, project_year=2),
        trip("To Malmö", 60_000, project_year=2),
        line(80_000, key="hall", side="international", party_name="Lusaka", project_year=2),
    ]

    assert check(budget(*whole, starts_on=date(2027, 9, 1), earliest_start=date(2027, 7, 1))) == []


@given(whole=BUDGETS)
def test_whatever_the_figures_a_finding_names_its_rule_and_can_be_told_with_a_source(whole):
    names = [rule.__name__ for rule in RULES]
    keys = {one.key for one in whole.lines} | {None}

    for found in check(whole):
        assert found.rule in names
        assert found.line_key in keys
        assert found.text()
        assert str(found.source)


@given(whole=BUDGETS)
def test_the_same_budget_is_always_judged_the_same(whole):
    assert check(whole) == check(whole)


@given(whole=BUDGETS, data=st.data())
def test_the_order_of_the_lines_changes_no_rules_verdict(whole, data):
    shuffled = tuple(data.draw(st.permutations(whole.lines)))

    assert _broken(replace(whole, lines=shuffled)) == _broken(whole)


def _broken(whole) -> list[str]:
    return sorted(found.rule for found in check(whole))


@given(whole=BUDGETS, limits=PARAMETERS, more=PARAMETERS)
def test_a_wider_limit_never_adds_a_finding(whole, limits, more):
    wider = replace(
        limits,
        max_day_rate_sek=max(limits.max_day_rate_sek, more.max_day_rate_sek),
        max_pay_share=max(limits.max_pay_share, more.max_pay_share),
        min_visits_a_year=min(limits.min_visits_a_year, more.min_visits_a_year),
    )

    before = _places(replace(whole, parameters=limits))
    assert _places(replace(whole, parameters=wider)) <= before


@given(
    whole=BUDGETS,
    amount_sek=st.integers(min_value=1, max_value=10**7),
    more_sek=st.integers(min_value=0, max_value=10**7),
    kind=st.sampled_from(["max", "guideline"]),
    basis=st.sampled_from(["total", "per_year"]),
)
def test_a_higher_ceiling_never_adds_a_finding(whole, amount_sek, more_sek, kind, basis):
    low, high = (
        ceiling(kind=kind, basis=basis, amount_sek=sum_sek)
        for sum_sek in (amount_sek, amount_sek + more_sek)
    )

    assert _places(replace(whole, ceiling=high)) <= _places(replace(whole, ceiling=low))


def _places(whole) -> set[tuple]:
    """What is wrong where, whatever the figures."""
    return {(found.rule, found.line_key, found.figures.get("year")) for found in check(whole)}


def test_a_finding_can_be_given_as_json_in_the_language_that_is_read():
    sources = Bilingual("ICLD:s folder", "ICLD's leaflet")
    limits = replace(LIMITS, day_rate_source=sources)
    (found,) = findings(work(1, 1, 4801, key="pay"), line(9000), parameters=limits)

    with translation.override("en"):
        data = json.loads(json.dumps(found.as_data()))
    assert data.pop("text").startswith("SEK")
    assert data == {
        "rule": "day_rate",
        "severity": "stop",
        "source": "ICLD's leaflet",
        "line_key": "pay",
        "needs_reason": False,
    }
    with translation.override("sv"):
        assert found.as_data()["source"] == "ICLD:s folder"
