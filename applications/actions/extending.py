"""Moving a round's close to a later moment, for everybody."""

from datetime import datetime

import pghistory
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from applications.actions.letting_in import settle_late
from applications.actions.recording import record
from applications.actions.telling import people_of, write_to
from applications.actions.writing import locked, move
from applications.models import Application, Round, RoundExtension
from applications.refusals import MeetsDecision, NotLater, RoundAnswered, RoundsOverlap
from applications.states import PENDING, STOPS_EXTENSION, ApplicationState
from icld_portal import clock, formats
from partnerships.refusals import ReasonMissing


@transaction.atomic
def extend_round(
    round_: Round, *, closes_at: datetime, reason_sv: str, reason_en: str, by, at: datetime
) -> Round:
    """Move a round's close to a later moment, for everybody, and tell those it concerns.

    Also when the close has been carried out, as long as nobody in the round has been answered:
    drafts that lapsed then are drafts again, those who were handed in may change and submit again,
    and what was handed in late, or dismissed for it, is in time. `closes_at` is the first moment
    outside. Kept as a `RoundExtension`, which the public sees with the old close; every case gets
    the event `round_extended`, and those with a draft or a submission one mail each. The last day
    for signatures moves along by as many days.
    Raises `ReasonMissing`, `RoundAnswered`, `NotLater`, `MeetsDecision` and `RoundsOverlap`.
    """
    reasons = {"reason_sv": reason_sv.strip(), "reason_en": reason_en.strip()}
    if not all(reasons.values()):
        raise ReasonMissing
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    old = round_.closes_at
    if closes_at <= max(old, at):
        raise NotLater(closes_at=old, earliest=max(old, at))
    _ensure_unanswered(round_)
    if round_.decision_on and clock.local_date(closes_at) > round_.decision_on:
        raise MeetsDecision(round=round_.name, decision_on=round_.decision_on)
    round_.closes_at = closes_at
    _ensure_alone(round_)
    if round_.sign_by:
        round_.sign_by += clock.local_date(closes_at) - clock.local_date(old)
    if round_.enforced_at:
        round_.enforced_at = None
        _revive(round_)
    with pghistory.context(user=by.pk, action="extend_round", reason=reasons["reason_sv"]):
        round_.save(update_fields=["closes_at", "sign_by", "enforced_at"])
    extension = RoundExtension.objects.create(
        round=round_, old_closes_at=old, new_closes_at=closes_at, at=at, by=by, **reasons
    )
    settle_late(extension)
    _tell(extension, by, at)
    return round_


def _ensure_unanswered(round_: Round) -> None:
    """Raises `RoundAnswered`."""
    if round_.applications.filter(state__in=STOPS_EXTENSION).exists():
        raise RoundAnswered(round=round_.name)


def _ensure_alone(round_: Round) -> None:
    """Raises `RoundsOverlap`."""
    beside = round_.overlapping(round_.phases.values_list("phase", flat=True))
    if beside is not None:
        raise RoundsOverlap(
            other=beside.round.name, phase=beside.phase, opens_at=beside.round.opens_at
        )


def _revive(round_: Round) -> None:
    """What lapsed at the close that has been carried out is a draft again. One that somebody has
    begun anew from in another round stays as it is: the work goes on there."""
    lapsed = round_.applications.filter(state=ApplicationState.LAPSED, begun_again=None)
    for row in locked(lapsed.values_list("pk", flat=True)):
        move(row, ApplicationState.DRAFT)


def _tell(extension: RoundExtension, by, at: datetime) -> None:
    told = {
        "old_closes": extension.old_closes_at.isoformat(),
        "new_closes": extension.new_closes_at.isoformat(),
        "reason": extension.reason_sv,
        "reason_en": extension.reason_en,
    }
    for application in extension.round.applications.order_by("pk"):
        record(application, "round_extended", at=at, by=by, **told)
        if application.state in PENDING:
            _write(application, extension, at)


def _write(application: Application, extension: RoundExtension, at: datetime) -> None:
    """One mail for each person, however many cases they have in the round."""
    write_to(
        people_of(application),
        application,
        kind="round_extended",
        key=f"round-extended:{extension.round_id}:{extension.new_closes_at.isoformat()}",
        figures=lambda: {
            "round": extension.round.name,
            "old_closes": formats.deadline(extension.old_closes_at),
            "new_closes": formats.deadline(extension.new_closes_at),
            "reason": extension.reason,
            "link": settings.PORTAL_URL + reverse("applications"),
        },
        at=at,
    )
