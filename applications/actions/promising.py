"""An attachment that comes later: promised with a day, and followed up until it is there."""

from datetime import date, datetime, timedelta

from django.db import transaction

from applications.actions.attaching import ensure_asked, ensure_attachable
from applications.actions.recording import record
from applications.actions.telling import link_to, people_of, write_to
from applications.actions.writing import count_change, ensure_writable, locked
from applications.documents.promised import has_come, is_promised
from applications.models import Application, AttachmentPromise
from applications.querysets import REMINDED
from applications.red_days import next_working_day
from applications.refusals import PromiseNotTaken
from applications.states import AttachmentKind, Audience
from icld_portal import clock, formats
from partnerships.models import Party

LATEST = timedelta(days=365)
"""The longest that a promise may reach."""
AGAIN = timedelta(days=7)
"""How long after its day it is asked for once more."""


@transaction.atomic
def promise(
    application: Application,
    *,
    kind: str,
    party: Party | None,
    promised_on: date,
    note: str,
    by,
    at: datetime,
) -> AttachmentPromise:
    """Say on which day an attachment comes; again for a later or earlier day.

    After the close the day of what was promised at the submission can still be moved; that is told
    in the timeline. Raises `PromiseNotTaken`, `AttachmentNotAsked`, `NotWritable` and
    `RoundClosed`.
    """
    (row,) = locked([application.pk])
    late = ensure_attachable(row, kind, party, at)
    ensure_asked(row, kind, party, may_be_promised=True)
    today = clock.local_date(at)
    if not today < promised_on <= today + LATEST:
        raise PromiseNotTaken(promised_on=promised_on, last=today + LATEST)
    place = {"application": row, "kind": kind, "party": party}
    values = {"promised_on": promised_on, "note": note}
    made = AttachmentPromise.objects.filter(**place, **values).first()
    if made:
        return made
    made, _new = AttachmentPromise.objects.update_or_create(
        **place, defaults={**values, "by": by, "at": at}
    )
    if late:
        record(row, "promise_moved", at=at, by=by, **_named(made), day=promised_on.isoformat())
    else:
        count_change(row)
    return made


@transaction.atomic
def withdraw_promise(made: AttachmentPromise, *, at: datetime) -> None:
    """Take back a promise while the application can be written. Raises as `promise` does."""
    (row,) = locked([made.application_id])
    ensure_writable(row, at)
    if AttachmentPromise.objects.filter(pk=made.pk).delete()[0]:
        count_change(row)


def follow_up(made: AttachmentPromise, *, at: datetime) -> None:
    """Remind the people of the case of a promise that is near its day or past it.

    Each occasion is told once: some days before, on the day, a week later. From the day after, ICLD
    sees in the timeline that nothing has come. A promise for a red day is due on the next working
    day; the mails say the day that was promised. Does nothing where something came, or nothing was
    promised in what was handed in last.
    """
    with transaction.atomic():
        (application,) = locked([made.application_id])
        if not is_promised(application, made.kind, made.party):
            return
        if has_come(application, made.kind, made.party):
            return
        today, due_on = clock.local_date(at), next_working_day(made.promised_on)
        if today > due_on:
            _tell_icld(application, made, at)
        if occasion := _occasion(due_on, today):
            _remind(application, made, occasion, at)


def _occasion(due_on: date, today: date) -> str:
    """Which of the occasions it is; none while the day is far away."""
    if today >= due_on + AGAIN:
        return "again"
    if today >= due_on:
        return "due"
    return "soon" if today >= due_on - REMINDED else ""


def _remind(application: Application, made: AttachmentPromise, occasion: str, at: datetime) -> None:
    write_to(
        people_of(application),
        application,
        kind="attachment_promised" if occasion == "soon" else "attachment_due",
        key=f"promise:{made.pk}:{made.promised_on}:{occasion}",
        figures=lambda: {
            "dnr": application.dnr,
            "title": application.title,
            "what": _what(made),
            "promised_on": formats.day(made.promised_on),
            "link": f"{link_to(application)}bilagor/",
        },
        at=at,
    )


def _tell_icld(application: Application, made: AttachmentPromise, at: datetime) -> None:
    told = {"promise": made.pk, "day": made.promised_on.isoformat()}
    if application.events.filter(
        kind="promise_overdue", data__promise=told["promise"], data__day=told["day"]
    ).exists():
        return
    record(application, "promise_overdue", at=at, audience=Audience.STAFF, **_named(made), **told)


def _named(made: AttachmentPromise) -> dict[str, str]:
    return {
        "attachment": made.kind,
        "party": str(made.party.organisation) if made.party else "",
    }


def _what(made: AttachmentPromise) -> str:
    label = str(AttachmentKind(made.kind).label)
    return f"{label}, {made.party.organisation}" if made.party else label
