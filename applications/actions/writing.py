"""What every change to an application does: may it be written now, and count the change."""

from datetime import datetime

from django.db.models import F

from applications.models import Application
from applications.refusals import IllegalMove, NotWritable, RoundClosed, StaleForm
from applications.states import MOVES, WRITABLE, ApplicationState


def ensure_writable(application: Application, at: datetime) -> None:
    """Drafts are written until they lapse, so that no text is lost; the rest until the close.

    Raises `NotWritable` and `RoundClosed`.
    """
    if application.state not in WRITABLE:
        raise NotWritable(state=application.state)
    if application.state == ApplicationState.SUBMITTED and at >= application.round.closes_at:
        raise RoundClosed(
            round=application.round.name, closes_at=application.round.closes_at, received_at=at
        )


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


def locked(ids) -> list[Application]:
    """The applications' rows locked by id in order, without blocking autosaves of answers."""
    rows = Application.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("pk"))
