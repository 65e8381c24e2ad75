from datetime import datetime

from django.db import transaction

from accounts.states import Role
from applications.actions import record
from applications.actions.writing import ensure_unchanged
from applications.fingerprints import fingerprint
from applications.states import Audience
from decisions.actions.moving import (
    ensure_move,
    ensure_not_withdrawn,
    ensure_pending,
    ensure_role,
    ensure_unbiased,
    locked,
    move,
)
from decisions.models import Assessment, Case
from decisions.refusals import AlreadyProposed, NoText
from decisions.states import CaseState


def ensure_assessable(case: Case, *, by, at: datetime) -> None:
    """May this person assess the case now? Also before the close: reading can begin early.

    Raises `NotRole`, `Disqualified`, `ApplicationWithdrawn`, `AlreadyProposed`, `AlreadyDecided`,
    `AlreadyReleased` and `IllegalMove`.
    """
    ensure_role(by, Role.OFFICER)
    ensure_unbiased(case, by)
    ensure_not_withdrawn(case.application)
    ensure_move(case, CaseState.ASSESSMENT)
    if case.state == CaseState.PROPOSED:
        raise AlreadyProposed()
    ensure_pending(case.application)


@transaction.atomic
def assess(case: Case, *, text: str, by, at: datetime, was: str | None = None) -> Assessment:
    """Write this person's assessment, or rewrite it until the case has been proposed.

    `was` is the fingerprint of the text the page was filled with. Writes the event `assessed`, for
    staff, the first time. Raises `NoText`, `StaleForm` and what `ensure_assessable` raises.
    """
    row = locked(case)
    ensure_assessable(row, by=by, at=at)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise NoText()
    saved = Assessment.objects.filter(case=row, by=by).first()
    ensure_unchanged(was, fingerprint(saved.text if saved else ""))
    assessment, made = Assessment.objects.update_or_create(
        case=row, by=by, defaults={"text": text, "at": at}
    )
    if made:
        record(row.application, "assessed", at=at, by=by, audience=Audience.STAFF)
    move(row, CaseState.ASSESSMENT)
    return assessment
