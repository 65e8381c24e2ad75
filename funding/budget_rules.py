"""Does this budget hold? Each rule is a small pure function from the budget to its findings.

Amounts are whole kronor, compared exactly: 50 % of the budget and 4 800 kr a day are allowed, one
krona more is not. Limits come in as `Parameters`. A new rule is a function, named in `RULES`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from funding.ceilings import CeilingResult
from funding.money import MAX_AMOUNT_SEK, AmountTooLarge
from funding.states import CeilingKind, CostGroup, Severity
from funding.wording import worded
from partnerships.states import Side

if TYPE_CHECKING:
    from funding.wording import Text

INTRODUCTION_2019 = _("ICLD introduction 2019-09-25")
LUND_2019 = _("Lund KS 2019/0835")
COMPLETENESS = _("Check that the budget is complete")
PERIOD = _("Costs must fall within the period applied for")

PAY = frozenset({CostGroup.SALARY, CostGroup.FEE})


@dataclass(frozen=True)
class Line:
    """One budget line. For salaries and fees: `persons` × `quantity` days × kronor a day."""

    key: str
    project_year: int
    side: str
    party_name: str
    cost_type: str
    cost_group: str
    persons: int
    quantity: Decimal
    unit_price_sek: int
    amount_sek: int
    description: str = ""

    @property
    def is_pay(self) -> bool:
        return self.cost_group in PAY

    @property
    def is_partner_pay(self) -> bool:
        return self.is_pay and self.side == Side.INTERNATIONAL

    @property
    def is_own_pay(self) -> bool:
        return self.is_pay and not self.is_partner_pay


@dataclass(frozen=True)
class Parameters:
    """The limits in force on the day that counts, and where each rule stands written."""

    max_day_rate_sek: int = 4800
    max_salary_share: Decimal = Decimal("0.5")
    day_rate_source: "Text" = INTRODUCTION_2019
    salary_share_source: "Text" = LUND_2019
    partner_pay_source: "Text" = LUND_2019


@dataclass(frozen=True)
class Finding:
    """What a rule found: about one line (`line_key`), or about the budget as a whole (None).

    A stop refuses submission. A warning with `needs_reason` may be submitted with a reason.
    """

    rule: str
    severity: Severity
    message: "Text"
    source: "Text"
    figures: Mapping[str, Any] = field(default_factory=dict)
    line_key: str | None = None
    needs_reason: bool = False

    def text(self) -> str:
        """What is wrong and what to do, in the active language."""
        return worded(self.message, self.figures)


@dataclass(frozen=True)
class BudgetContext:
    """All that a rule may look at. Not known yet: `ceiling` is None, `years` is 0."""

    lines: tuple[Line, ...]
    ceiling: CeilingResult | None
    years: int
    parameters: Parameters

    @property
    def total_sek(self) -> int:
        return sum(line.amount_sek for line in self.lines)

    @property
    def own_pay_sek(self) -> int:
        return sum(line.amount_sek for line in self.lines if line.is_own_pay)

    def year_sek(self, year: int) -> int:
        return sum(line.amount_sek for line in self.lines if line.project_year == year)


Rule = Callable[[BudgetContext], Iterable[Finding]]


def line_amount(persons: int, quantity: Decimal, unit_price_sek: int) -> int:
    """Whole kronor for a line, half a krona rounded up. Raises `AmountTooLarge`."""
    amount = persons * quantity * unit_price_sek
    if amount > MAX_AMOUNT_SEK:
        raise AmountTooLarge(str(amount))
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def check(
    lines: Iterable[Line],
    ceiling: CeilingResult | None,
    years: int,
    parameters: Parameters,
) -> list[Finding]:
    """Every finding of every rule, in the order of `RULES` and of the lines."""
    budget = BudgetContext(tuple(lines), ceiling, years, parameters)
    return [finding for rule in RULES for finding in rule(budget)]


# --- the ceiling ----------------------------------------------------------------------------------


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
            if budget.year_sek(year) > limit_sek:
                yield {"year": year, **_over(budget.year_sek(year), limit_sek)}


def _over(amount_sek: int, limit_sek: int) -> dict[str, int]:
    return {
        "amount_sek": amount_sek,
        "ceiling_sek": limit_sek,
        "over_sek": amount_sek - limit_sek,
    }


# --- salaries and fees ----------------------------------------------------------------------------


def day_rate(budget: BudgetContext) -> Iterable[Finding]:
    """Salaries (with social charges) and fees keep within the day rate for each person."""
    message = _(
        "%(rate_sek)s a day is more than the %(limit_sek)s a day for each person that can be "
        "covered. Lower the price per day by at least %(over_sek)s."
    )
    limit_sek = budget.parameters.max_day_rate_sek
    for line in budget.lines:
        rate_sek = _day_rate_sek(line, limit_sek) if line.is_own_pay else 0
        if rate_sek > limit_sek:
            yield Finding(
                "day_rate",
                Severity.STOP,
                message,
                budget.parameters.day_rate_source,
                {
                    "rate_sek": rate_sek,
                    "limit_sek": limit_sek,
                    "over_sek": rate_sek - limit_sek,
                },
                line.key,
            )


def _day_rate_sek(line: Line, limit_sek: int) -> int:
    """The price a day, or what the amount comes to a day where that is more than the limit.

    The amount is compared with what the limit would give, so that rounding to whole kronor never
    makes a line too dear.
    """
    days = line.persons * line.quantity
    if days <= 0 or line.amount_sek <= (days * limit_sek).to_integral_value(ROUND_CEILING):
        return line.unit_price_sek
    from_amount = int((line.amount_sek / days).to_integral_value(ROUND_CEILING))
    return max(line.unit_price_sek, from_amount)


def salary_share(budget: BudgetContext) -> Iterable[Finding]:
    """The Swedish side's salaries and fees are at most their share of the whole budget."""
    share = budget.parameters.max_salary_share
    pay_sek, total_sek = budget.own_pay_sek, budget.total_sek
    if pay_sek <= share * total_sek:
        return
    # Lowering pay lowers the total too: with other costs c, pay may be c × share / (1 − share).
    limit = (total_sek - pay_sek) * share / (1 - share)
    yield Finding(
        "salary_share",
        Severity.STOP,
        _(
            "Salaries and fees are %(pay_sek)s of a budget of %(total_sek)s. They may be at most "
            "%(limit_share)s. With the other costs as they are, lower them to %(limit_sek)s."
        ),
        budget.parameters.salary_share_source,
        {
            "pay_sek": pay_sek,
            "total_sek": total_sek,
            "limit_share": share,
            "limit_sek": int(limit.to_integral_value(ROUND_FLOOR)),
        },
    )


def partner_pay(budget: BudgetContext) -> Iterable[Finding]:
    """The international partner contributes its own working time."""
    message = _(
        "The partner's own salaries and fees are not covered. "
        "Remove this line for %(party)s, or choose another cost type."
    )
    for line in budget.lines:
        if line.is_partner_pay:
            source = budget.parameters.partner_pay_source
            figures = {"party": line.party_name, "amount_sek": line.amount_sek}
            yield Finding("partner_pay", Severity.STOP, message, source, figures, line.key)


# --- what every budget needs ----------------------------------------------------------------------


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


def zero_amount(budget: BudgetContext) -> Iterable[Finding]:
    """Every line has a quantity and a price."""
    message = _("This line comes to nothing. Fill in quantity and price, or delete the line.")
    for line in budget.lines:
        if line.amount_sek <= 0 or line.quantity <= 0 or line.persons == 0:
            yield Finding("zero_amount", Severity.STOP, message, COMPLETENESS, {}, line.key)


def empty_budget(budget: BudgetContext) -> Iterable[Finding]:
    """An application asks for something."""
    if not budget.lines:
        message = _("The budget is empty. Add at least one line.")
        yield Finding("empty_budget", Severity.STOP, message, COMPLETENESS)


RULES: Sequence[Rule] = (
    empty_budget,
    ceiling_unknown,
    ceiling_total,
    ceiling_per_year,
    guideline_exceeded,
    salary_share,
    day_rate,
    partner_pay,
    project_year,
    zero_amount,
)
