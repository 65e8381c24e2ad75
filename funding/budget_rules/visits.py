"""Meetings between the parties, and the training that belongs to an inception."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from funding.budget_rules.core import BudgetContext, Finding, Line
from funding.budget_rules.sources import INTRODUCTION_2019
from funding.states import Phase, Severity

VISITING_PHASES = frozenset({Phase.PREPARATION, Phase.PROJECT, Phase.STEERING_GROUP})
TRAVEL_ABROAD = "RESA_INT"
LAST_YEAR = 10
"""No budget line can lie in a later year, so none is missed there."""

TRAINING_WORDS = ("utbildning", "training")


def exchange_visits(budget: BudgetContext) -> Iterable[Finding]:
    """The parties meet each year, as often as the schedule asks, or the applicant says why not."""
    if not (budget.parameters and budget.lines and budget.phase in VISITING_PHASES):
        return
    message = _(
        "Exchange visits in the budget for year %(year)s: %(found)s. At least %(wanted)s are asked "
        "for each year. Add international travel with each visit as its activity, or give a "
        "reason that ICLD can accept."
    )
    wanted, source = budget.parameters.min_visits_a_year, budget.parameters.visits_source
    for year in range(1, min(budget.years, LAST_YEAR) + 1):
        found = _visits(line for line in budget.lines if line.project_year == year)
        if found < wanted:
            figures = {"year": year, "found": found, "wanted": wanted}
            rule, severity = "exchange_visits", Severity.WARNING
            yield Finding(rule, severity, message, source, figures, needs_reason=True)


def _visits(lines: Iterable[Line]) -> int:
    """Trips for the same activity are one visit; a trip without an activity is one of its own."""
    trips = [line for line in lines if line.cost_type == TRAVEL_ABROAD and not line.is_nothing]
    activities = [line.activity.strip().casefold() for line in trips]
    return len({name for name in activities if name}) + activities.count("")


def training_travel(budget: BudgetContext) -> Iterable[Finding]:
    """The training in municipal partnerships is part of an inception, and so is getting there."""
    if budget.phase != Phase.PREPARATION or not budget.lines:
        return
    if not any(_mentions_training(line) for line in budget.lines):
        message = _(
            "The training in municipal partnerships is part of an inception. "
            "Remember to budget for the travel to it."
        )
        yield Finding("training_travel", Severity.NOTE, message, INTRODUCTION_2019)


def _mentions_training(line: Line) -> bool:
    told = f"{line.activity} {line.description}".casefold()
    return any(word in told for word in TRAINING_WORDS)
