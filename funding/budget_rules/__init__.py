"""Does this budget hold? Each rule is a small pure function from the budget to its findings.

Amounts are whole kronor, compared exactly: 50 % of the budget and 4 800 kr a day are allowed, one
krona more is not. Limits come in as `Parameters`; without them the rules that go by one are silent.
A new rule is a function in the file of its subject, named in `RULES`.
"""

from collections.abc import Sequence

from funding.budget_rules.amounts import line_amount
from funding.budget_rules.ceiling import (
    ceiling_per_year,
    ceiling_total,
    ceiling_unknown,
    guideline_exceeded,
    total_too_large,
)
from funding.budget_rules.core import PAY, BudgetContext, Finding, Line, Parameters, Rule
from funding.budget_rules.lines import (
    audit_missing,
    cost_type_not_covered,
    duplicate_line,
    empty_budget,
    zero_amount,
)
from funding.budget_rules.pay import day_rate, partner_pay, pay_without_function, salary_share
from funding.budget_rules.period import earliest_start, project_year
from funding.budget_rules.visits import exchange_visits, training_travel

__all__ = [
    "PAY",
    "RULES",
    "BudgetContext",
    "Finding",
    "Line",
    "Parameters",
    "Rule",
    "check",
    "line_amount",
]

RULES: Sequence[Rule] = (
    empty_budget,
    earliest_start,
    total_too_large,
    ceiling_unknown,
    ceiling_total,
    ceiling_per_year,
    guideline_exceeded,
    salary_share,
    exchange_visits,
    cost_type_not_covered,
    day_rate,
    partner_pay,
    pay_without_function,
    project_year,
    zero_amount,
    duplicate_line,
    audit_missing,
    training_travel,
)


def check(budget: BudgetContext) -> list[Finding]:
    """Every finding of every rule, in the order of `RULES` and of the lines."""
    return [finding for rule in RULES for finding in rule(budget)]
