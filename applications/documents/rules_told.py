"""The budget rules in words, with what they come to in kronor for one amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from funding.budget_rules.sources import COST_TYPES, LUND_2019, ROUND
from funding.budget_rules.visits import VISITING_PHASES
from funding.wording import worded

if TYPE_CHECKING:
    from funding.budget_rules import Parameters
    from funding.wording import Text


@dataclass(frozen=True)
class Told:
    """A sentence, and the document it rests on if there is one to name."""

    text: str
    source: "Text" = ""


@dataclass(frozen=True)
class Plan:
    """What the rules are told for: an amount, applied for in full."""

    phase: str
    amount_sek: int
    years: int
    starts_on: date
    ends_on: date
    earliest_start: date | None


def rules_told(plan: Plan, limits: "Parameters") -> Iterable[Told]:
    """What a budget of the plan's amount has to keep to, the limits in money first."""
    yield from _pay(plan, limits)
    message = _(
        "Pay is for the Swedish side's staff and politicians. The partner contributes its working "
        "time: its own salaries and fees are not covered."
    )
    yield Told(str(message), LUND_2019)
    yield from _visits(plan, limits)
    yield Told(str(_("Only the cost types listed here are covered.")), COST_TYPES)
    yield from _dates(plan)


def _pay(plan: Plan, limits: "Parameters") -> Iterable[Told]:
    pay_sek = int(plan.amount_sek * limits.max_pay_share)
    figures = {
        "limit_share": limits.max_pay_share,
        "pay_sek": pay_sek,
        "amount_sek": plan.amount_sek,
        "rate_sek": limits.max_day_rate_sek,
        "days": pay_sek // limits.max_day_rate_sek,
    }
    share = _(
        "Salaries and fees may be at most %(limit_share)s of the budget: %(pay_sek)s of a budget "
        "of %(amount_sek)s."
    )
    yield Told(worded(share, figures), limits.pay_share_source)
    rate = ngettext_lazy(
        "They are covered by at most %(rate_sek)s a day for each person, social charges included: "
        "%(pay_sek)s is enough for %(days)d such day.",
        "They are covered by at most %(rate_sek)s a day for each person, social charges included: "
        "%(pay_sek)s is enough for %(days)d such days.",
        "days",
    )
    yield Told(worded(rate, figures), limits.day_rate_source)


def _visits(plan: Plan, limits: "Parameters") -> Iterable[Told]:
    wanted = limits.min_visits_a_year
    if plan.phase not in VISITING_PHASES or not wanted:
        return
    message = ngettext_lazy(
        "At least %(wanted)d exchange visit is asked for each year, %(all)s in all. Fewer need a "
        "reason that ICLD can accept.",
        "At least %(wanted)d exchange visits are asked for each year, %(all)s in all. Fewer need a "
        "reason that ICLD can accept.",
        "wanted",
    )
    figures = {"wanted": wanted, "all": wanted * plan.years}
    yield Told(worded(message, figures), limits.visits_source)


def _dates(plan: Plan) -> Iterable[Told]:
    message = _("Costs arise within the period: %(starts_on)s to %(ends_on)s.")
    figures = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
    yield Told(worded(message, figures))
    if plan.earliest_start:
        message = _("No cost may arise before %(earliest_on)s.")
        yield Told(worded(message, {"earliest_on": plan.earliest_start}), ROUND)
