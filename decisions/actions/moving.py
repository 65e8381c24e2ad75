"""What every verb does first: lock the case, ask who, ask when.

The `ensure_*` functions beside each verb are asked by the verb itself and by the case page, which
tells a person why something cannot be done instead of letting them try.
"""

from collections.abc import Callable
from datetime import datetime

from accounts.states import Role
from applications.actions.writing import locked as lock_applications
from applications.fingerprints import fingerprint
from applications.models import Application
from applications.refusals import IllegalMove
from applications.round_dates import ENFORCED_AFTER
from applications.states import MOVES as APPLICATION_MOVES
from applications.states import OUTCOMES, ApplicationState
from decisions.models import Case, Proposal
from decisions.refusals import (
    AlreadyDecided,
    AlreadyReleased,
    ApplicationWithdrawn,
    Disqualified,
    LateUndecided,
    NewerProposal,
    NotAssessed,
    NothingToRelease,
    NotProposed,
    NotRole,
    RoundStillOpen,
)
from decisions.rules import belongs_to_a_party
from decisions.states import MOVES, CaseState
from icld_portal.refusals import Refusal

TOO_LATE = {CaseState.DECIDED: AlreadyDecided, CaseState.RELEASED: AlreadyReleased}
TOO_EARLY = {
    CaseState.PROPOSED: NotAssessed,
    CaseState.DECIDED: NotProposed,
    CaseState.RELEASED: NothingToRelease,
}


def locked(case: Case) -> Case:
    """The case's row, locked after its application's, as every action does."""
    lock_applications([case.application_id])
    rows = Case.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("application__round", "criteria_set").get(pk=case.pk)


def ensure_role(by, *roles: Role) -> None:
    """Raises `NotRole`."""
    if not by.roles.intersection(roles):
        raise NotRole(role=roles[0].label)


def ensure_unbiased(case: Case, by) -> None:
    """Raises `Disqualified`."""
    if belongs_to_a_party(by, case):
        raise Disqualified()


def ensure_move(case: Case, target: CaseState) -> None:
    """Refuse what the state table does not know, in the words of what is missing or done."""
    state = CaseState(case.state)
    if target in MOVES[state]:
        return
    raise (TOO_LATE.get(state) or TOO_EARLY[target])()


def ensure_not_withdrawn(application: Application) -> None:
    """Raises `ApplicationWithdrawn`."""
    if application.state == ApplicationState.WITHDRAWN:
        raise ApplicationWithdrawn


def ensure_pending(application: Application) -> None:
    """Raises `IllegalMove` unless the application may still be answered."""
    state = ApplicationState(application.state)
    if not APPLICATION_MOVES[state].issuperset(OUTCOMES):
        raise IllegalMove(state=state, target=ApplicationState.GRANTED)


def ensure_closed(application: Application, at: datetime) -> None:
    """Raises `RoundStillOpen`: the parties may still submit another version. Raises
    `LateUndecided` for what came late and has no dispensation.

    What arrived before the close may be dealt with minutes after it, so the deadline must be due
    to be carried out.
    """
    if at < application.closes_at + ENFORCED_AFTER:
        raise RoundStillOpen(round=application.round.name, closes_at=application.closes_at)
    if application.awaits_dispensation:
        raise LateUndecided


def seen(proposal: Proposal | None) -> str:
    """The fingerprint of the newest proposal, carried by the pages that show it."""
    return fingerprint(proposal.pk if proposal else None)


def ensure_newest(case: Case, was: str | None) -> None:
    """Raises `NewerProposal` when `was` is not the fingerprint of the proposal that counts."""
    if was is not None and was != seen(case.proposals.first()):
        raise NewerProposal()


def why_not(ensure: Callable, case: Case, *, by, at: datetime) -> Refusal | None:
    """What an `ensure_*` function says no with, or None."""
    try:
        ensure(case, by=by, at=at)
    except Refusal as refusal:
        return refusal
    return None


def move(case: Case, target: CaseState) -> None:
    Case.objects.filter(pk=case.pk).update(state=target)
    case.state = target
