"""What each phase is for and how much it may cost, said where one chooses."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models import Round
from funding.states import Basis, CeilingKind, Phase
from icld_portal.formats import kronor

PURPOSES = {
    Phase.PREPARATION: _(
        "You get to know each other, form a steering group and plan a joint project. At most one "
        "year. Most begin here."
    ),
    Phase.PROJECT: _(
        "You build capacity in both organisations, in one or more core areas. One to three years."
    ),
    Phase.STEERING_GROUP: _(
        "Politicians and officials of every party lead and anchor the partnership. One to three "
        "years, beside one or more projects."
    ),
    Phase.DEVELOPMENT: _("You develop or widen a partnership that you have. At most one year."),
    Phase.DISSEMINATION: _("You spread what you have learnt to others. At most one year."),
}


@dataclass(frozen=True)
class PhaseHint:
    phase: str
    label: Any
    purpose: Any
    amount: str


def phase_hints(round_: Round) -> list[PhaseHint]:
    """The phases one may apply for in a round, in the order they follow each other."""
    offered = round_.offered
    cells = list(round_.schedule.cells.all()) if round_.schedule else []
    return [
        PhaseHint(phase, phase.label, PURPOSES[phase], _amount(cells, phase))
        for phase in Phase
        if phase in offered
    ]


def _amount(cells: Iterable, phase: Phase) -> str:
    """The amounts for two parties, in words; empty where the schedule has none."""
    rows = [cell for cell in cells if cell.phase == phase and not cell.multi_party]
    if not rows:
        return ""
    figures = {"amount": _range(sorted({cell.amount_sek for cell in rows}))}
    guideline = rows[0].kind == CeilingKind.GUIDELINE
    if rows[0].basis == Basis.PER_YEAR:
        if guideline:
            return gettext("Guideline amount %(amount)s a year for two parties.") % figures
        return gettext("At most %(amount)s a year for two parties.") % figures
    if guideline:
        return gettext("Guideline amount %(amount)s in total for two parties.") % figures
    return gettext("At most %(amount)s in total for two parties.") % figures


def _range(amounts: list[int]) -> str:
    if len(amounts) == 1:
        return kronor(amounts[0])
    figures = {"low": kronor(amounts[0]), "high": kronor(amounts[-1])}
    return gettext("%(low)s to %(high)s, by region,") % figures
