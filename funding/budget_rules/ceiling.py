"""The budget against the ceiling or guideline amount of its schedule."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from funding.budget_rules.core import BudgetContext, Finding
from funding.budget_rules.sources import COMPLETENESS
from funding.money import MAX_AMOUNT_SEK
from funding.states import CeilingKind, Severity


def total_too_large(budget: BudgetContext) -> Iterable[Finding]:
    """A sum that no budget comes near has digits too many somewhere, whatever its ceiling is."""
    if budget.total_sek > MAX_AMOUNT_SEK:
        message = _(
            "The budget is %(total_sek)s. It can be at most %(limit_sek)s. "
            "Check the number of digits in every line."
        )
        figures = {"total_sek": budget.total_sek, "limit_sek": MAX_AMOUNT_SEK}
        yield Finding("total_too_large", Severity.STOP, message, COMPLETENESS, figures)


def ceiling_unknown(budget: BudgetContext) -> Iterable[Finding]:
    """Nothing is asked for without a limit to hold it against, once the period is known."""
    if budget.years and budget.ceiling is None:
        message = _(
            "There is no ceiling for this application yet: it depends on the partner. Choose a "
            "partner. If you have one, contact ICLD."
        )
        yield Finding("ceiling_unknown", Severity.STOP, message, COMPLETENESS)


def ceiling_total(budget: BudgetContext) -> Iterable[Finding]:
    """The whole budget keeps within a maximum."""
    message = _(
        "The budget is %(over_sek)s over the ceiling of %(ceiling_sek)s. "
        "Reduce it by at least %(over_sek)s."
    )
    for figures in _over_total(budget, CeilingKind.MAX):
        yield Finding("ceiling_total", Severity.STOP, message, budget.ceiling.source, figures)


def ceiling_per_year(budget: BudgetContext) -> Iterable[Finding]:
    """Each project year keeps within a yearly maximum; room left one year cannot be moved."""
    message = _(
        "Year %(year)s is %(over_sek)s over the ceiling of %(ceiling_sek)s. "
        "Reduce the budget for year %(year)s."
    )
    for figures in _over_years(budget, CeilingKind.MAX):
        yield Finding("ceiling_per_year", Severity.STOP, message, budget.ceiling.source, figures)


def guideline_exceeded(budget: BudgetContext) -> Iterable[Finding]:
    """More than a guideline amount may be asked for, with a reason that the decider must accept."""
    rule = "guideline_exceeded"
    whole = _(
        "The budget is %(over_sek)s over the guideline amount of %(ceiling_sek)s. "
        "Reduce it, or give a reason that ICLD can accept."
    )
    one_year = _(
        "Year %(year)s is %(over_sek)s over the guideline amount of %(ceiling_sek)s. "
        "Reduce it, or give a reason that ICLD can accept."
    )
    over = [(whole, figures) for figures in _over_total(budget, CeilingKind.GUIDELINE)]
    over += [(one_year, figures) for figures in _over_years(budget, CeilingKind.GUIDELINE)]
    for message, figures in over:
        source = budget.ceiling.source
        yield Finding(rule, Severity.WARNING, message, source, figures, needs_reason=True)


def _over_total(budget: BudgetContext, kind: CeilingKind) -> Iterable[dict[str, int]]:
    ceiling = budget.ceiling
    if ceiling and ceiling.kind == kind and budget.total_sek > ceiling.amount_sek:
        yield _over(budget.total_sek, ceiling.amount_sek)


def _over_years(budget: BudgetContext, kind: CeilingKind) -> Iterable[dict[str, int]]:
    """The years over a yearly limit; of a single year the total has already said it."""
    ceiling = budget.ceiling
    if ceiling and ceiling.kind == kind and len(ceiling.per_year) > 1:
        for year, limit_sek in enumerate(ceiling.per_year, start=1):
            year_sek = budget.year_sek(year)
            if year_sek > limit_sek:
                yield {"year": year, **_over(year_sek, limit_sek)}


def _over(amount_sek: int, limit_sek: int) -> dict[str, int]:
    return {
        "amount_sek": amount_sek,
        "ceiling_sek": limit_sek,
        "over_sek": amount_sek - limit_sek,
    }
