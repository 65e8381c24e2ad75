"""What a person may do with a case now, and why not the rest."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decisions.actions.assessing import ensure_agreeable, ensure_assessable
from decisions.actions.deciding import ensure_decidable
from decisions.actions.moving import why_not
from decisions.actions.proposing import ensure_proposable
from decisions.actions.releasing import ensure_releasable
from decisions.models import Case
from decisions.states import CaseState


@dataclass(frozen=True)
class Step:
    """`behind` are the states in which the step has been taken; `is_asked`: of this case at all."""

    label: str
    page: str
    ensure: Callable
    behind: Collection[CaseState]
    is_asked: Callable[[Case], bool] = lambda case: True


@dataclass(frozen=True)
class Choice:
    """A step with its address, or with the sentence why it cannot be taken."""

    label: str
    url: str
    why_not: str = ""
    furthest: bool = False


TOLD = {CaseState.RELEASED}
DECIDED = {CaseState.DECIDED, *TOLD}

STEPS = (
    Step(_("Assess"), "case_assess", ensure_assessable, {CaseState.PROPOSED, *DECIDED}),
    Step(
        _("Agree"),
        "case_agree",
        ensure_agreeable,
        {CaseState.PROPOSED, *DECIDED},
        lambda case: case.assessors > 1,
    ),
    Step(_("Propose"), "case_propose", ensure_proposable, DECIDED),
    Step(_("Decide"), "case_decide", ensure_decidable, DECIDED),
    Step(_("Send the decision"), "case_release", ensure_releasable, TOLD),
)


def choices(case: Case, *, by, at: datetime) -> Sequence[Choice]:
    """Every step that is still to be taken, in their order; the furthest open one is marked."""
    found = []
    for step in STEPS:
        if case.state in step.behind or not step.is_asked(case):
            continue
        refusal = why_not(step.ensure, case, by=by, at=at)
        url = reverse(step.page, args=[case.application.public_id])
        found.append(Choice(step.label, url, refusal.text() if refusal else ""))
    open_steps = [place for place, choice in enumerate(found) if not choice.why_not]
    for place in open_steps[-1:]:
        found[place] = replace(found[place], furthest=True)
    return found
