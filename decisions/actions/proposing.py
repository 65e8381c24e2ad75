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
from decisions.amounts import asked_in, ensure_within
from decisions.models import Case, Proposal, ProposedYear
from decisions.refusals import NoReasons
from decisions.states import CaseState, Outcome


def ensure_proposable(case: Case, *, by, at: datetime) -> None:
    """May this person propose a decision now?

    Raises `NotRole`, `Disqualified`, `RoundStillOpen`, `NotAssessed`, `AlreadyDecided`,
    `AlreadyReleased` and `IllegalMove`.
    """
    ensure_role(by, Role.OFFICER)
    ensure_unbiased(case, by)
    ensure_closed(case.application, at)
    ensure_move(case, CaseState.PROPOSED)
    ensure_pending(case.application)


@transaction.atomic
def propose(
    case: Case,
    *,
    outcome: Outcome,
    amounts: Sequence[int],
    reasons: str,
    conditions: str = "",
    by,
    at: datetime,
    was: str | None = None,
) -> Proposal:
    """Propose a decision on the latest submission. The newest proposal counts, older ones stay.

    `amounts` has the whole kronor of each project year, zeros for a rejection. `conditions` has one
    condition a line. `was` is the fingerprint of the newest proposal that the person had seen.
    Writes the event `proposed`, for staff. Raises `NoReasons`, `NewerProposal`, what
    `ensure_proposable` raises and what `amounts.ensure_within` raises.
    """
    row = locked(case)
    ensure_proposable(row, by=by, at=at)
    ensure_newest(row, was)
    reasons = reasons.strip()
    if not reasons:
        raise NoReasons()
    submission = row.application.submissions.first()
    ensure_within(asked_in(submission.data), outcome, amounts)
    made = Proposal.objects.create(
        case=row, outcome=outcome, reasons=reasons, conditions=conditions.strip(), by=by, at=at
    )
    ProposedYear.objects.bulk_create(
        ProposedYear(proposal=made, project_year=number, amount_sek=amount_sek)
        for number, amount_sek in enumerate(amounts, start=1)
    )
    move(row, CaseState.PROPOSED)
    record(
        row.application,
        "proposed",
        at=at,
        by=by,
        audience=Audience.STAFF,
        outcome=str(outcome),
        amount_sek=sum(amounts),
    )
    return made
