from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.states import Role
from applications.actions import record
from applications.states import Audience
from decisions.actions.moving import (
    ensure_closed,
    ensure_move,
    ensure_newest,
    ensure_pending,
    ensure_role,
    ensure_unbiased,
    locked,
    move,
)
from decisions.amounts import Asked, asked_in, ensure_within, exceeds_guideline
from decisions.documents.letter import TEMPLATE_VERSION
from decisions.models import Case, Decision, GrantedYear, Letter
from decisions.refusals import (
    DeciderAssessed,
    DeciderProposed,
    GuidelineNotAccepted,
    NoReasons,
    NotAnOfficer,
    PresenterDecides,
)
from decisions.rules import assessed_alone, made_the_proposal, may_assess
from decisions.states import CaseState, Outcome


def ensure_decidable(case: Case, *, by, at: datetime) -> None:
    """May this person decide the case now? The decider neither assessed it alone nor proposed.

    Raises `NotRole`, `Disqualified`, `DeciderAssessed`, `DeciderProposed`, `RoundStillOpen`,
    `NotProposed`, `AlreadyDecided`, `AlreadyReleased` and `IllegalMove`.
    """
    ensure_role(by, Role.DECIDER)
    ensure_unbiased(case, by)
    ensure_closed(case.application, at)
    ensure_move(case, CaseState.DECIDED)
    ensure_pending(case.application)
    if assessed_alone(by, case):
        raise DeciderAssessed()
    if made_the_proposal(by, case):
        raise DeciderProposed()


@transaction.atomic
def decide(
    case: Case,
    *,
    outcome: Outcome,
    amounts: Sequence[int],
    reasons: str,
    conditions: str = "",
    presented_by,
    guideline_accepted: bool = False,
    by,
    at: datetime,
    was: str | None = None,
) -> Decision:
    """Decide the case on its latest submission, and make the letter's row, not yet frozen.

    Arguments as for `propose`; `presented_by` is who presented the case. Tells nobody: the event
    `decided` is for staff, and the parties' pages change only with the release. Raises
    `GuidelineNotAccepted`, `PresenterDecides`, `NotAnOfficer`, `NoReasons`, `NewerProposal`, what
    `ensure_decidable` raises and what `amounts.ensure_within` raises.
    """
    row = locked(case)
    ensure_decidable(row, by=by, at=at)
    ensure_newest(row, was)
    if presented_by == by:
        raise PresenterDecides()
    if not may_assess(presented_by, row):
        raise NotAnOfficer(name=str(presented_by))
    if not reasons.strip():
        raise NoReasons()
    submission = row.application.submissions.first()
    asked = asked_in(submission.data)
    ensure_within(asked, outcome, amounts)
    over_guideline = _accepted(asked, amounts, guideline_accepted)
    decision = Decision.objects.create(
        case=row,
        submission=submission,
        outcome=outcome,
        amount_sek=sum(amounts),
        reasons=reasons.strip(),
        conditions=conditions.strip(),
        guideline_accepted=over_guideline,
        decided_by=by,
        presented_by=presented_by,
        decided_at=at,
    )
    _grant(decision, amounts)
    Letter.objects.create(decision=decision, template_version=TEMPLATE_VERSION)
    move(row, CaseState.DECIDED)
    record(
        row.application,
        "decided",
        at=at,
        by=by,
        audience=Audience.STAFF,
        outcome=str(outcome),
        amount_sek=decision.amount_sek,
    )
    return decision


def _accepted(asked: Asked, amounts: Sequence[int], accepted: bool) -> bool:
    """Does the decision exceed a guideline? Raises `GuidelineNotAccepted` if it may not."""
    over = exceeds_guideline(asked, amounts)
    if over and not accepted:
        raise GuidelineNotAccepted(ceiling_sek=asked.ceiling_sek)
    return over


def _grant(decision: Decision, amounts: Sequence[int]) -> None:
    GrantedYear.objects.bulk_create(
        GrantedYear(decision=decision, project_year=number, amount_sek=amount_sek)
        for number, amount_sek in enumerate(amounts, start=1)
    )
