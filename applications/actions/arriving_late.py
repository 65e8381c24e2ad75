"""After the close: handing in late with a reason, and asking to be let in."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from applications.actions.recording import logs_refusals, record
from applications.actions.submitting import (
    ensure_steering_groups_go_along,
    hand_in,
    judge,
)
from applications.actions.taking_part import family
from applications.actions.writing import allowed, locked
from applications.models import Application, LateEntry, Submission
from applications.refusals import (
    CloseNotCarriedOut,
    LateNoLonger,
    LateWaits,
    NotAllowed,
    NotLate,
)
from applications.rules import SUBMIT
from applications.states import ApplicationState, LateChannel
from icld_portal import clock
from outbox import actions as outbox
from partnerships.refusals import ReasonMissing

RECEIPT = "submission_receipt_late"
"""Says that what came is considered only with dispensation."""

LATE = frozenset({ApplicationState.LAPSED})
"""What is handed in late was a draft at the close. A version that was submitted in time stands;
its parties may ask to be let in to change it."""


def going_late(application: Application, by=None) -> list[Application]:
    """What is handed in late in one go: a project and its steering group, both lapsed."""
    rows = Application.objects.filter(pk__in=family(application)).for_pages().order_by("pk")
    rows = [each for each in rows if each.state in LATE and each.round_id == application.round_id]
    projects = [each for each in rows if each.steering_application_id == application.pk]
    if len(projects) > 1:
        rows = [each for each in rows if each not in projects]
    return rows if by is None else allowed(rows, SUBMIT, by)


@logs_refusals("submit_refused")
@transaction.atomic
def submit_late(
    applications: Sequence[Application], *, reason: str, by, at: datetime
) -> list[LateEntry]:
    """Hand in drafts that lapsed at the close, saying why they come late; all or none.

    Each gets its number, its receipt and a frozen copy, marked as late; ICLD considers it once a
    decider has granted dispensation. Officers and deciders are told. Raises `ReasonMissing`,
    `NotAllowed`, `NotLate`, `CloseNotCarriedOut`, `LateNoLonger`, `SteeringGroupNotYours`,
    `CountryClosed` and `Incomplete`; the attempt is then kept in the timeline.
    """
    rows = _ensured(applications, reason, by, at)
    ensure_steering_groups_go_along(rows)
    judged = [(row, judge(row, at), by) for row in rows]
    told = {"channel": str(LateChannel.PORTAL), "reason": reason.strip()}
    done = hand_in(judged, at=at, kind=RECEIPT, **told)
    await_dispensation(done)
    entries = [
        _entry(submission.application, reason, by, at, submission=submission) for submission in done
    ]
    _tell_icld(entries, at)
    return entries


@transaction.atomic
def ask_for_dispensation(application: Application, *, reason: str, by, at: datetime) -> LateEntry:
    """Ask to write and submit after the close: a draft that lapsed and lacks something, or changes
    to a version that was submitted in time, which counts meanwhile.

    Writes the event `dispensation_asked`; deciders are told. Raises `ReasonMissing`,
    `NotAllowed`, `NotLate`, `CloseNotCarriedOut`, `LateNoLonger` and `LateWaits`.
    """
    (row,) = _ensured([application], reason, by, at, also={ApplicationState.SUBMITTED})
    entry = _entry(row, reason, by, at)
    record(row, "dispensation_asked", at=at, by=by, reason=entry.reason)
    _tell_icld([entry], at)
    return entry


def await_dispensation(submissions: Iterable[Submission]) -> None:
    """Mark what was handed in late: it does not count before a decider says so."""
    ids = [submission.application_id for submission in submissions]
    Application.objects.filter(pk__in=ids).update(awaits_dispensation=True)


def ensure_late(application: Application, at: datetime, *, also=frozenset()) -> None:
    """Raises `NotLate`, `CloseNotCarriedOut`, `LateNoLonger` and `LateWaits`."""
    round_ = application.round
    if application.is_open(at):
        raise NotLate(round=round_.name, closes_at=application.closes_at)
    if round_.enforced_at is None:
        raise CloseNotCarriedOut(round=round_.name, closes_at=round_.closes_at)
    if application.state not in LATE | also:
        raise NotLate(round=round_.name, closes_at=application.closes_at)
    if round_.decision_on and clock.local_date(at) >= round_.decision_on:
        raise LateNoLonger(round=round_.name, decision_on=round_.decision_on)
    if application.late_entries.waiting().exists():
        raise LateWaits


def _ensured(applications, reason: str, by, at: datetime, *, also=frozenset()):
    if not reason.strip():
        raise ReasonMissing
    ids = [row.pk for row in locked([application.pk for application in applications])]
    rows = list(Application.objects.filter(pk__in=ids).for_pages().order_by("pk"))
    if len(allowed(rows, SUBMIT, by)) < len(rows):
        raise NotAllowed(action=SUBMIT)
    for row in rows:
        ensure_late(row, at, also=also)
    return rows


def _entry(application: Application, reason: str, by, at: datetime, **fields) -> LateEntry:
    return LateEntry.objects.create(
        application=application,
        channel=LateChannel.PORTAL,
        received_at=at,
        reason=reason.strip(),
        by=by,
        at=at,
        **fields,
    )


def _tell_icld(entries: Sequence[LateEntry], at: datetime) -> None:
    """Officers and those who decide, of no party: what came, never what a draft says."""
    entry = entries[0]
    round_ = entry.application.round
    roles = [Role.OFFICER, Role.DECIDER]
    people = User.objects.filter(is_active=True, groups__name__in=roles).distinct()
    parties = ", ".join(map(str, entry.application.parties.all()))
    for person in people.exclude(pk__in=_members_of(entry.application)):
        outbox.write(
            key=f"late:{entry.pk}:{person.pk}",
            kind="officer_late",
            address=person.email,
            language=person.language,
            figures={
                "round": round_.name,
                "parties": parties,
                "phase": entry.application.get_phase_display(),
                "reason": entry.reason,
                "link": settings.PORTAL_URL + reverse("late_entry", args=[entry.public_id]),
            },
            at=at,
        )


def _members_of(application: Application):
    """They take no part at ICLD in what their own have sent (jäv)."""
    parties = application.parties.values("organisation")
    return User.objects.filter(memberships__organisation__in=parties).values("pk")
