"""What every change to an application does: may it be written now, and count the change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from applications.models import Application
from applications.refusals import (
    ChangeAfterTheClose,
    ChangeTooLate,
    DraftTooLate,
    IllegalMove,
    NotAllowed,
    NotWritable,
    StaleForm,
)
from applications.states import MOVES, WRITABLE, ApplicationState


def ensure_writable(application: Application, at: datetime) -> None:
    """Until the application's own close, to the second. A draft that is to be handed in then stands
    as it was; and somebody else's submission that arrived in time may still wait for its turn, so
    that no draft takes in anything late. What was typed stays in the browser.

    Raises `NotWritable`, `ChangeTooLate`, `DraftTooLate` and `ChangeAfterTheClose`; the last three
    are `RoundClosed`.
    """
    if application.state not in WRITABLE:
        raise NotWritable(state=application.state)
    if at < application.closes_at:
        return
    figures = {"closes_at": application.closes_at, "received_at": at}
    if application.submit_at_close_by_id and application.late_until is None:
        raise ChangeAfterTheClose(round=application.round.name, **figures)
    refusal = DraftTooLate if application.state == ApplicationState.DRAFT else ChangeTooLate
    raise refusal(round=application.round.name, **figures)


def count_change(application: Application) -> None:
    """Raise the revision. Raises `NotWritable` if the state has moved on meanwhile."""
    changed = Application.objects.filter(pk=application.pk, state__in=WRITABLE).update(
        revision=F("revision") + 1
    )
    if not changed:
        raise NotWritable(state=application.state)


def ensure_unchanged(expected: str | None, found: str) -> None:
    """Refuse with `StaleForm` when the values a page was filled with are no longer the saved."""
    if expected is not None and expected != found:
        raise StaleForm(expected=expected, found=found)


def ensure_move(application: Application, target: ApplicationState) -> None:
    """Refuse with `IllegalMove` what the state table does not know."""
    if target not in MOVES[ApplicationState(application.state)]:
        raise IllegalMove(state=application.state, target=target)


def move(application: Application, target: ApplicationState, **fields: Any) -> None:
    """The one writer of an application's state; `fields` are written with it.

    The row is locked by the caller. Raises `IllegalMove`.
    """
    ensure_move(application, target)
    for name, value in {"state": target, **fields}.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *fields])


def allowed(rows: Iterable[Application], permission: str, by) -> list[Application]:
    """Those of the rows that a person may see and may do this with."""
    ids = [row.pk for row in rows]
    visible = Application.objects.visible_to(by).filter(pk__in=ids).with_parties()
    may = {row.pk for row in visible if by.has_perm(permission, row)}
    return [row for row in rows if row.pk in may]


def ensure_allowed(application: Application, permission: str, by) -> None:
    """Raises `NotAllowed`."""
    if not allowed([application], permission, by):
        raise NotAllowed(action=permission)


def locked(ids) -> list[Application]:
    """The applications' rows locked by id in order, without blocking autosaves of answers."""
    rows = Application.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("pk"))
