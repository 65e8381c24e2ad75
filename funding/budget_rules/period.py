"""When costs may arise."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from funding.budget_rules.core import BudgetContext, Finding
from funding.budget_rules.sources import PERIOD, ROUND
from funding.states import Severity


def project_year(budget: BudgetContext) -> Iterable[Finding]:
    """Every line falls in a year of the period, once the dates of the period are known."""
    message = ngettext_lazy(
        "This line is for year %(year)s, but the period has %(years)d year. "
        "Choose another year, or change the dates.",
        "This line is for year %(year)s, but the period has %(years)d years. "
        "Choose another year, or change the dates.",
        "years",
    )
    for line in budget.lines:
        if budget.years and not 1 <= line.project_year <= budget.years:
            figures = {"year": line.project_year, "years": budget.years}
            yield Finding("project_year", Severity.STOP, message, PERIOD, figures, line.key)


def earliest_start(budget: BudgetContext) -> Iterable[Finding]:
    """Costs arise within the period, and that does not begin before the round allows."""
    first, earliest = budget.starts_on, budget.earliest_start
    if budget.lines and first and earliest and first < earliest:
        message = _(
            "Costs cannot arise before %(earliest_on)s, but the period begins on %(starts_on)s. "
            "Change the first day."
        )
        figures = {"earliest_on": earliest, "starts_on": first}
        yield Finding("earliest_start", Severity.STOP, message, ROUND, figures)
