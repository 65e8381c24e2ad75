"""Taking an application back, before it has been answered."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from applications.actions.recording import record
from applications.actions.taking_part import family
from applications.actions.telling import link_to, people_of, write_to
from applications.actions.writing import allowed, locked, move
from applications.models import Application
from applications.refusals import NotAllowed, NotWithdrawable
from applications.rules import SUBMIT
from applications.states import ANSWERABLE, ApplicationState
from icld_portal import formats


def withdrawn_along(application: Application, by) -> list[Application]:
    """What a person is asked about when they withdraw: with a steering group its projects; with a
    project its steering group, unless another project shares it."""
    ids = set(family(application)) - {application.pk}
    rows = Application.objects.filter(pk__in=ids, state__in=ANSWERABLE).for_pages().order_by("pk")
    steering = application.steering_application_id
    shared = Application.objects.filter(steering_application=steering, state__in=ANSWERABLE)
    if steering and shared.exclude(pk=application.pk).exists():
        rows = rows.exclude(pk=steering)
    return allowed(list(rows), SUBMIT, by)


@transaction.atomic
def withdraw(
    applications: Sequence[Application], *, reason: str = "", by, at: datetime
) -> list[Application]:
    """Take back applications that have been handed in and are not answered; all or none of them.

    Links to sign that are out say so from then on. Writes the event `withdrawn` and a mail to the
    people of each case. ICLD's own state of the case is not asked: until an answer has been
    announced, nobody outside ICLD knows of one. Raises `NotAllowed` and `NotWithdrawable`.
    """
    rows = locked([application.pk for application in applications])
    if len(allowed(rows, SUBMIT, by)) < len(rows):
        raise NotAllowed(action=SUBMIT)
    for row in rows:
        if row.state not in ANSWERABLE:
            raise NotWithdrawable(state=row.state)
    for row in rows:
        move(row, ApplicationState.WITHDRAWN, submit_at_close_by=None)
        record(row, "withdrawn", at=at, by=by, reason=reason.strip())
        _tell(row, reason.strip(), by, at)
    return rows


def _tell(row: Application, reason: str, by, at: datetime) -> None:
    write_to(
        people_of(row),
        row,
        kind="application_withdrawn",
        key=f"withdrawn:{row.pk}",
        figures=lambda: {
            "title": row.submissions.first().title,
            "dnr": row.dnr,
            "by": str(by),
            "withdrawn_at": formats.receipt_moment(at),
            "reason": reason or "–",
            "link": link_to(row),
        },
        at=at,
    )
