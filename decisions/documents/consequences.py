"""What the budget rules say of a budget once its lines are reduced. Reads no database."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from decisions.amounts import Amounts, asked_in
from funding.budget_rules import BudgetContext, Finding, Line, Parameters, check
from funding.wording import worded

Content = Mapping[str, Any]

TOLD = {
    "salary_share": _(
        "Salaries and fees are now %(now_share)s of the budget: %(pay_sek)s of %(total_sek)s. An "
        "applicant may budget for at most %(limit_share)s."
    ),
    "exchange_visits": _(
        "Year %(year)s has %(found)s exchange visits left. At least %(wanted)s a year are asked "
        "for."
    ),
}
"""Findings in words for those who reduce; the other rules' own words do."""


def consequences(content: Content, amounts: Amounts) -> list[str]:
    """What is found in the reduced budget that was not found in the one asked for.

    Nothing of a rejection. Ceilings and guideline amounts are told elsewhere.
    """
    if not amounts.total_sek:
        return []
    before = {_what(finding) for finding in _findings(content, asked_in(content).amounts)}
    after = _findings(content, amounts)
    return [_text(finding) for finding in after if _what(finding) not in before]


def _findings(content: Content, amounts: Amounts) -> list[Finding]:
    """A line that gets nothing is as if it were not there."""
    rows = [(row, amounts.by_key.get(UUID(row["key"]), 0)) for row in content["budget"]["lines"]]
    return check(
        BudgetContext(
            lines=tuple(_line(row, amount_sek) for row, amount_sek in rows if amount_sek),
            ceiling=None,
            years=content["period"]["years"],
            phase=content["phase"],
            starts_on=None,
            earliest_start=None,
            parameters=_parameters(content.get("limits")),
        )
    )


def _line(row: Content, amount_sek: int) -> Line:
    return Line(
        key=row["key"],
        project_year=row["project_year"],
        side=row["side"],
        party_name=row["party"],
        cost_type=row["cost_type"],
        cost_group=row["group"],
        persons=row["persons"],
        quantity=Decimal(row["quantity"]),
        unit_price_sek=row["unit_price_sek"],
        amount_sek=amount_sek,
        description=row["description"],
        activity=row.get("activity", ""),
    )


def _parameters(limits: Content | None) -> Parameters | None:
    """The limits that the submission was judged by; older submissions did not keep them."""
    if not limits:
        return None
    return Parameters(
        max_day_rate_sek=limits["max_day_rate_sek"],
        max_pay_share=Decimal(limits["max_pay_percent"]) / 100,
        min_visits_a_year=limits["min_visits_a_year"],
        day_rate_source="",
        pay_share_source="",
        visits_source="",
    )


def _what(finding: Finding) -> Sequence[Any]:
    return finding.rule, finding.line_key, finding.figures.get("year")


def _text(finding: Finding) -> str:
    if finding.rule not in TOLD:
        return finding.text()
    figures = dict(finding.figures)
    if finding.rule == "salary_share":
        figures["now_share"] = Decimal(figures["pay_sek"]) / figures["total_sek"]
    return worded(TOLD[finding.rule], figures)
