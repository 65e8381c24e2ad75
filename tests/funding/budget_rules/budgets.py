"""Budgets for the rules to judge: the simplest that keep them all, unless said otherwise."""

from decimal import Decimal

from django.utils import translation

from funding.budget_rules import BudgetContext, Finding, Line, Parameters, check, line_amount
from funding.ceilings import CeilingResult, Cell, ceiling_for

NBSP = "\u00a0"
SOURCE = "Slides 2019"
LIMITS = Parameters(
    max_day_rate_sek=4800,
    max_pay_share=Decimal("0.5"),
    min_visits_a_year=2,
    day_rate_source="Day rates 2019",
    pay_share_source="Shares 2019",
    visits_source="Leaflet 2019",
)
A_PERSON_IN_MALMO = {
    "side": "swedish",
    "cost_type": "LON",
    "cost_group": "salary",
    "description": "Project manager",
}
A_FEE_IN_MALMO = {
    "side": "swedish",
    "cost_type": "ARV",
    "cost_group": "fee",
    "description": "Chair of the board",
}
ASIDE = frozenset({"exchange_visits", "audit_missing"})
"""Rules that ask for lines of their own, which the other tests need not write."""


def line(amount_sek=1000, **changes) -> Line:
    """An expense in the first year, one of it."""
    simplest = {
        "key": "the line",
        "project_year": 1,
        "side": "swedish",
        "party_name": "Malmö stad",
        "cost_type": "KOMM",
        "cost_group": "expense",
        "persons": 1,
        "quantity": Decimal(1),
        "unit_price_sek": amount_sek,
        "amount_sek": amount_sek,
    }
    return Line(**{**simplest, **changes})


def work(persons, days, rate_sek, **changes) -> Line:
    """A salary line of the Swedish side."""
    days = Decimal(days)
    return line(
        line_amount(persons, days, rate_sek),
        **{**A_PERSON_IN_MALMO, **changes},
        persons=persons,
        quantity=days,
        unit_price_sek=rate_sek,
    )


def trip(activity="", amount_sek=20_000, **changes) -> Line:
    """International travel to an activity."""
    return line(amount_sek, **{"cost_type": "RESA_INT", "activity": activity, **changes})


def ceiling(years=2, kind="max", basis="per_year", amount_sek=500_000) -> CeilingResult:
    cell = Cell("project", "africa", False, amount_sek, basis, kind)
    return ceiling_for(
        [cell],
        phase="project",
        regions=["africa"],
        multi_party=False,
        years=years,
        schedule="A",
        source=SOURCE,
    )


def budget(*lines, **changes) -> BudgetContext:
    """Two years of a project whose dates are not set against the round's."""
    simplest = {
        "years": 2,
        "phase": "project",
        "starts_on": None,
        "earliest_start": None,
        "parameters": LIMITS,
    }
    known = {**simplest, **changes}
    limit = ceiling(known["years"]) if known["years"] else None
    return BudgetContext(lines=tuple(lines), **{"ceiling": limit, **known})


def findings(*lines, rule=None, **changes) -> list[Finding]:
    """What is found; without a rule named, all but what is set aside."""
    found = check(budget(*lines, **changes))
    return [one for one in found if (one.rule == rule if rule else one.rule not in ASIDE)]


def rules_found(*lines, **changes) -> list[str]:
    return [one.rule for one in findings(*lines, **changes)]


def said(finding: Finding, language="en") -> str:
    with translation.override(language):
        return finding.text().replace(NBSP, " ")


def source_of(finding: Finding) -> str:
    with translation.override("en"):
        return str(finding.source)
