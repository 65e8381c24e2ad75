from datetime import datetime

import pghistory
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from applications.actions.recording import record
from applications.actions.telling import people_of, write_to
from applications.models import Round
from applications.refusals import DeadlineCarriedOut, NotLater
from applications.states import PENDING
from icld_portal import clock, formats
from partnerships.refusals import ReasonMissing


@transaction.atomic
def extend_round(round_: Round, *, closes_at: datetime, reason: str, by, at: datetime) -> Round:
    """Move a round's close to a later moment, for everybody, and tell those it concerns.

    Until the deadline has been carried out, also when the round has just closed. `closes_at` is the
    first moment outside. The event `round_extended` is written for every application of the round,
    with the old and the new close as ISO 8601; those with a draft or a submission get one mail
    each. The last day for signatures moves along by as many days.
    Raises `ReasonMissing`, `DeadlineCarriedOut` and `NotLater`.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    old = round_.closes_at
    if round_.enforced_at:
        raise DeadlineCarriedOut(round=round_.name)
    if closes_at <= max(old, at):
        raise NotLater(closes_at=old, earliest=max(old, at))
    round_.closes_at = closes_at
    if round_.sign_by:
        round_.sign_by += clock.local_date(closes_at) - clock.local_date(old)
    with pghistory.context(user=by.pk, action="extend_round", reason=reason):
        round_.save(update_fields=["closes_at", "sign_by"])
    _tell(round_, old, reason, by, at)
    return round_


def _tell(round_: Round, old: datetime, reason: str, by, at: datetime) -> None:
    closes = {"old_closes": old.isoformat(), "new_closes": round_.closes_at.isoformat()}
    for application in round_.applications.order_by("pk"):
        record(application, "round_extended", at=at, by=by, reason=reason, **closes)
        if application.state in PENDING:
            write_to(
                people_of(application),
                application,
                kind="round_extended",
                key=f"round-extended:{round_.pk}:{closes['new_closes']}",
                figures=lambda: _figures(round_, old, reason),
                at=at,
            )


def _figures(round_: Round, old: datetime, reason: str) -> dict[str, object]:
    return {
        "round": round_.name,
        "old_closes": formats.deadline(old),
        "new_closes": formats.deadline(round_.closes_at),
        "reason": reason,
        "link": settings.PORTAL_URL + reverse("applications"),
    }
