from datetime import datetime

from django.db import transaction

from accounts.states import Role
from applications.actions import announce
from applications.states import ApplicationState
from decisions.actions.moving import (
    ensure_move,
    ensure_not_withdrawn,
    ensure_role,
    ensure_unbiased,
    locked,
    move,
)
from decisions.documents.letter import freeze
from decisions.models import Case, Decision, Letter
from decisions.states import CaseState
from icld_portal.queue import wake


def ensure_releasable(case: Case, *, by, at: datetime) -> None:
    """May this person release the decision now?

    Raises `NotRole`, `Disqualified`, `ApplicationWithdrawn`, `NothingToRelease` and
    `AlreadyReleased`.
    """
    ensure_role(by, Role.OFFICER, Role.DECIDER)
    ensure_unbiased(case, by)
    ensure_not_withdrawn(case.application)
    ensure_move(case, CaseState.RELEASED)


@transaction.atomic
def release(case: Case, *, by, at: datetime) -> Letter:
    """Tell the parties: the one moment when a decision becomes visible to them.

    Freezes the letter's content, so that it never reads differently later; copies outcome and
    amount to the application, whose timeline says `announced`; has the worker make the PDF and
    send it. Raises what `ensure_releasable` raises.
    """
    row = locked(case)
    ensure_releasable(row, by=by, at=at)
    waiting = Letter.objects.with_decision().select_for_update(of=("self",))
    letter = waiting.get(decision__case=row, queued_at__isnull=True)
    decision = letter.decision
    letter.context, letter.queued_at = freeze(letter), at
    letter.save(update_fields=["context", "queued_at"])
    Decision.objects.filter(pk=decision.pk).update(released_at=at, released_by=by)
    move(row, CaseState.RELEASED)
    announce(
        row.application,
        outcome=ApplicationState(decision.outcome),
        amount_sek=decision.amount_sek,
        at=at,
        by=by,
    )
    wake("decisions.tasks.render_letters")
    return letter
