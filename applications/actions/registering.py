"""An application that came to ICLD beside the portal, by paper or e-mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from applications.actions.arriving_late import RECEIPT, await_dispensation
from applications.actions.attaching import attach
from applications.actions.recording import record
from applications.actions.starting import Partner, new_partnership, parties_of
from applications.actions.starting import draft as write_draft
from applications.actions.submitting import hand_in
from applications.documents.snapshot import requested_of, snapshot
from applications.models import Application, LateEntry, Round
from applications.refusals import AttachmentNotAsked, NotAllowed, ReceivedOutside
from applications.rules import REGISTER_LATE
from applications.states import AttachmentKind, LateChannel
from funding.states import Phase
from partnerships.models import Organisation, Partnership
from partnerships.refusals import ReasonMissing

OPEN = timedelta(minutes=1)
"""For as long the draft takes its papers in, within the registration's own transaction."""


@transaction.atomic
def register_application(
    applicant: Organisation,
    *,
    phase: Phase,
    round: Round,
    partner: Partner = None,
    partnership: Partnership | None = None,
    title: str,
    channel: LateChannel,
    received_at: datetime,
    reason: str,
    files: Iterable = (),
    by,
    at: datetime,
) -> LateEntry:
    """Give what came beside the portal a number, its papers a place, and its parties a receipt.

    `received_at` is when it reached ICLD. What it says stands in its papers, so it waits for a
    decider's dispensation, with a time in which its parties fill in the form. Writes
    `registered` into the timeline. Raises `ReasonMissing`, `NotAllowed`, `ReceivedOutside`,
    `CountryClosed`, `AttachmentNotAsked` and a `FileRefused`.
    """
    if not reason.strip():
        raise ReasonMissing
    if not by.has_perm(REGISTER_LATE):
        raise NotAllowed(action=REGISTER_LATE)
    if not round.opens_at <= received_at <= at:
        raise ReceivedOutside(round=round.name, opens_at=round.opens_at, at=at)
    partnership = partnership or new_partnership(applicant, partner, by, at)
    parties = parties_of(partnership)
    made = write_draft(
        partnership, phase, round, parties, by=by, at=at, title_sv=title, late_until=at + OPEN
    )
    _keep_papers(made, files, by, at)
    Application.objects.filter(pk=made.pk).update(late_until=None)
    row = Application.objects.for_pages().get(pk=made.pk)
    judged = [(row, snapshot(row), by)]
    told = {"registered_at": at, "kind": RECEIPT, "channel": str(channel)}
    (submission,) = hand_in(judged, at=received_at, **told)
    await_dispensation([submission])
    record(row, "registered", at=at, by=by, channel=str(channel), reason=reason.strip())
    return LateEntry.objects.create(
        application=row,
        channel=channel,
        received_at=received_at,
        reason=reason.strip(),
        by=by,
        at=at,
        submission=submission,
    )


def _keep_papers(application: Application, files: Iterable, by, at: datetime) -> None:
    """Where the form takes other papers, else in its first place for the whole application."""
    asked = [each.kind for each in requested_of(application) if not each.each_party]
    kind = AttachmentKind.OTHER if AttachmentKind.OTHER in asked else next(iter(asked), None)
    for file in files:
        if kind is None:
            raise AttachmentNotAsked(kind=AttachmentKind.OTHER)
        attach(application, file=file, kind=kind, party=None, by=by, at=at)
