"""Salaries and fees."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext_lazy as _

from funding.budget_rules.core import BudgetContext, Finding, Line
from funding.budget_rules.sources import COMPLETENESS, LUND_2019
from funding.states import Severity


def day_rate(budget: BudgetContext) -> Iterable[Finding]:
    """Salaries (with social charges) and fees keep within the day rate for each person."""
    if budget.parameters is None:
        return
    message = _(
        "%(rate_sek)s a day is more than the %(limit_sek)s a day for each person that can be "
        "covered. Lower the price per day by at least %(over_sek)s."
    )
    limit_sek, source = budget.parameters.max_day_rate_sek, budget.parameters.day_rate_source
    for line in budget.lines:
        rate_sek = _day_rate_sek(line, limit_sek) if line.is_own_pay else 0
        if rate_sek > limit_sek:
            over_sek = rate_sek - limit_sek
            figures = {"rate_sek": rate_sek, "limit_sek": limit_sek, "over_sek": over_sek}
            yield Finding("day_rate", Severity.STOP, message, source, figures, line.key)


def _day_rate_sek(line: Line, limit_sek: int) -> int:
    """The price a day, or what the amount comes to a day where that is more than the limit.

    The amount is compared with what the limit would give, so that rounding to whole kronor never
    makes a line too dear.
    """
    days = line.units
    if not days or line.amount_sek <= (days * limit_sek).to_integral_value(ROUND_CEILING):
        return line.unit_price_sek
    from_amount = int((line.amount_sek / days).to_integral_value(ROUND_CEILING))
    return max(line.unit_price_sek, from_amount)


def salary_share(budget: BudgetContext) -> Iterable[Finding]:
    """The Swedish side's salaries and fees are at most their share of the whole budget."""
    if budget.parameters is None:
        return
    share, source = budget.parameters.max_pay_share, budget.parameters.pay_share_source
    pay_sek, total_sek = budget.own_pay_sek, budget.total_sek
    if pay_sek <= max(share * total_sek, 0) or share >= 1:
        return
    other_sek = total_sek - pay_sek
    message = _(
        "Salaries and fees are %(pay_sek)s of a budget of %(total_sek)s. They may be at most "
        "%(limit_share)s. With the other costs as they are, lower them to %(limit_sek)s."
    )
    if other_sek <= 0:
        message = _(
            "The budget is nothing but salaries and fees: %(pay_sek)s. They may be at most "
            "%(limit_share)s. Add the other costs."
        )
    figures = {
        "pay_sek": pay_sek,
        "total_sek": total_sek,
        "limit_share": share,
        "limit_sek": _pay_limit_sek(other_sek, share),
    }
    yield Finding("salary_share", Severity.STOP, message, source, figures)


def _pay_limit_sek(other_sek: int, share: Decimal) -> int:
    """Lowering pay lowers the total: with other costs c, pay may be c × share / (1 − share)."""
    limit = other_sek * share / (1 - share)
    return max(int(limit.to_integral_value(ROUND_FLOOR)), 0)


def partner_pay(budget: BudgetContext) -> Iterable[Finding]:
    """Pay is for the Swedish side's staff and politicians; the partner contributes its own work."""
    message = _(
        "The partner's own salaries and fees are not covered. "
        "Remove this line for %(party)s, or choose another cost type."
    )
    for line in budget.lines:
        if line.is_partner_pay:
            figures = {"party": line.party_name, "amount_sek": line.amount_sek}
            yield Finding("partner_pay", Severity.STOP, message, LUND_2019, figures, line.key)


def pay_without_function(budget: BudgetContext) -> Iterable[Finding]:
    """Pay is for a function, which the line names. The partner's is not covered, whatever it is."""
    message = _("Write which function the pay is for, for example project manager.")
    for line in budget.lines:
        if line.is_own_pay and not line.is_nothing and not line.description.strip():
            rule = "pay_without_function"
            yield Finding(rule, Severity.STOP, message, COMPLETENESS, {}, line.key)
