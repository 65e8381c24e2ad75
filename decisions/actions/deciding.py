from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.states import Role
from applications.actions import record
from applications.states import Audience
from decisions.actions.moving import (
    ensure_closed,
    ensure_move,
    ensure_newest,
    ensure_not_withdrawn,
    ensure_pending,
    ensure_role,
    ensure_unbiased,
    locked,
    move,
)
from decisions.amounts import Amounts, Asked, asked_in, over_guideline, settled
from decisions.documents.letter import TEMPLATE_VERSION
from decisions.models import Case, Decision, Letter
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
from funding.actions import copy_budget, lock_budget


def ensure_decidable(case: Case, *, by, at: datetime) -> None:
    """May this person decide the case now? The decider neither assessed it alone nor proposed.

    Raises `NotRole`, `Disqualified`, `ApplicationWithdrawn`, `DeciderAssessed`, `DeciderProposed`,
    `RoundStillOpen`, `NotProposed`, `AlreadyDecided`, `AlreadyReleased` and `IllegalMove`.
    """
    ensure_role(by, Role.DECIDER)
    ensure_unbiased(case, by)
    ensure_not_withdrawn(case.application)
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
    amounts: Mapping[UUID, int],
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
    `ensure_decidable` raises and what `amounts.settled` raises.
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
    granted = settled(asked, outcome, amounts)
    exceeded = _accepted(asked, granted, guideline_accepted)
    budget = copy_budget(submission.budget, granted.by_key)
    lock_budget(budget, at=at)
    decision = Decision.objects.create(
        case=row,
        submission=submission,
        budget=budget,
        outcome=outcome,
        amount_sek=granted.total_sek,
        reasons=reasons.strip(),
        conditions=conditions.strip(),
        guideline_accepted=exceeded,
        decided_by=by,
        presented_by=presented_by,
        decided_at=at,
    )
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


def _accepted(asked: Asked, granted: Amounts, accepted: bool) -> bool:
    """Does the decision exceed a guideline? Raises `GuidelineNotAccepted` if it may not."""
    exceeded = over_guideline(asked, granted)
    if exceeded and not accepted:
        raise GuidelineNotAccepted(exceeded=[asdict(each) for each in exceeded])
    return bool(exceeded)
