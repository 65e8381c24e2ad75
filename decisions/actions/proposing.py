from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.states import Role
from applications.actions import record
from applications.states import Audience
from decisions.actions.assessing import ensure_assessed
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
from decisions.amounts import asked_in, settled
from decisions.models import Case, Proposal
from decisions.refusals import NoReasons
from decisions.states import CaseState, Outcome
from funding.actions import copy_budget, lock_budget


def ensure_proposable(case: Case, *, by, at: datetime) -> None:
    """May this person propose a decision now?

    Raises `NotRole`, `Disqualified`, `ApplicationWithdrawn`, `RoundStillOpen`, `NotAssessed`,
    `AssessmentsMissing`, `JointMissing`, `AlreadyDecided`, `AlreadyReleased` and `IllegalMove`.
    """
    ensure_role(by, Role.OFFICER)
    ensure_unbiased(case, by)
    ensure_not_withdrawn(case.application)
    ensure_closed(case.application, at)
    ensure_move(case, CaseState.PROPOSED)
    ensure_assessed(case)
    ensure_pending(case.application)


@transaction.atomic
def propose(
    case: Case,
    *,
    outcome: Outcome,
    amounts: Mapping[UUID, int],
    reasons: str,
    conditions: str = "",
    by,
    at: datetime,
    was: str | None = None,
) -> Proposal:
    """Propose a decision on the latest submission. The newest proposal counts, older ones stay.

    `amounts` has whole kronor by line key, for the lines that get less than was asked for; a
    rejection gives every line 0, whatever it says. The applicant's figures are kept: the proposal
    has a budget of its own. `conditions` has one condition a line. `was` is the fingerprint of the
    newest proposal that the person had seen. Writes the event `proposed`, for staff. Raises
    `NoReasons`, `NewerProposal`, what `ensure_proposable` raises and what `amounts.settled` raises.
    """
    row = locked(case)
    ensure_proposable(row, by=by, at=at)
    ensure_newest(row, was)
    reasons = reasons.strip()
    if not reasons:
        raise NoReasons()
    submission = row.application.submissions.first()
    proposed = settled(asked_in(submission.data), outcome, amounts)
    budget = copy_budget(submission.budget, proposed.by_key)
    lock_budget(budget, at=at)
    made = Proposal.objects.create(
        case=row,
        outcome=outcome,
        reasons=reasons,
        conditions=conditions.strip(),
        budget=budget,
        by=by,
        at=at,
    )
    move(row, CaseState.PROPOSED)
    record(
        row.application,
        "proposed",
        at=at,
        by=by,
        audience=Audience.STAFF,
        outcome=str(outcome),
        amount_sek=proposed.total_sek,
    )
    return made
