"""What every line, and every budget, needs."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from funding.budget_rules.core import BudgetContext, Finding, Line
from funding.budget_rules.sources import COMPLETENESS, COST_TYPES, INTRODUCTION_2019
from funding.states import Severity

AUDIT = "REV"


def empty_budget(budget: BudgetContext) -> Iterable[Finding]:
    """An application asks for something."""
    if not budget.lines:
        message = _("The budget is empty. Add at least one line.")
        yield Finding("empty_budget", Severity.STOP, message, COMPLETENESS)


def zero_amount(budget: BudgetContext) -> Iterable[Finding]:
    """Every line has a quantity and a price."""
    message = _("This line comes to nothing. Fill in quantity and price, or delete the line.")
    for line in budget.lines:
        if line.is_nothing:
            yield Finding("zero_amount", Severity.STOP, message, COMPLETENESS, {}, line.key)


def cost_type_not_covered(budget: BudgetContext) -> Iterable[Finding]:
    """Each phase covers its own cost types, and nothing else."""
    message = _(
        "This cost type is not covered in the phase %(phase)s. "
        "Choose another cost type, or delete the line."
    )
    figures = {"phase": budget.phase}
    for line in budget.lines:
        if budget.phase not in line.phases:
            rule = "cost_type_not_covered"
            yield Finding(rule, Severity.STOP, message, COST_TYPES, figures, line.key)


def duplicate_line(budget: BudgetContext) -> Iterable[Finding]:
    """The same cost twice is most often a slip. A line that comes to nothing is told as such."""
    message = _("This line is the same as an earlier one. Delete it if the cost is there twice.")
    seen = set()
    for line in budget.lines:
        if line.is_nothing:
            continue
        if _cost(line) in seen:
            yield Finding("duplicate_line", Severity.WARNING, message, COMPLETENESS, {}, line.key)
        seen.add(_cost(line))


def _cost(line: Line) -> tuple:
    """All that two lines for the same cost have in common."""
    for_what = (line.cost_type, line.activity, line.description)
    how_much = (line.persons, line.quantity, line.unit_price_sek, line.amount_sek)
    return (line.project_year, line.side, line.party_name, *for_what, *how_much)


def audit_missing(budget: BudgetContext) -> Iterable[Finding]:
    """An auditor's review of the report is a cost that is covered, and easily forgotten."""
    if budget.lines and not any(line.cost_type == AUDIT for line in budget.lines):
        message = _(
            "There is no audit in the budget. If your auditor is to review the report, "
            "add a line for it: audit is covered."
        )
        yield Finding("audit_missing", Severity.NOTE, message, INTRODUCTION_2019)
