"""What becomes of the rows of a page's tables: saved one by one, and what a button asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from applications import actions
from applications.forms.tables import DO, Table
from applications.forms.tables.cards import RowCard, posted_card
from applications.forms.tables.table import is_key
from applications.models import Application
from applications.refusals import StaleRow, WrongRows
from icld_portal.refusals import Refusal


@dataclass
class RowsSaved:
    """The last refusal, if there was any; and whether the page is shown again as it is (a row was
    added or deleted) rather than anew."""

    refusal: Refusal | None = None
    stays: bool = False


def save_card(request: HttpRequest, application: Application, card: RowCard) -> Refusal | None:
    """Save one row as it is typed; a refusal stays on its card."""
    if not card.form.is_valid():
        card.refused()
        return WrongRows()
    row = {
        "kind": card.table,
        "key": card.uuid,
        "values": card.form.values(),
        "by": request.user,
        "at": request.received_at,
    }
    try:
        if card.again:
            version = actions.restore_row(application, was=card.again, **row)
        else:
            version = actions.save_row(application, version=card.version, **row)
    except Refusal as refusal:
        card.refused(refusal if isinstance(refusal, StaleRow) else None)
        return refusal
    card.saved(version, request.user, request.received_at)
    return None


def delete_card(request: HttpRequest, application: Application, card: RowCard) -> Refusal | None:
    """Delete a row as it was seen; `card.deleted` is what puts it back."""
    try:
        card.deleted = actions.delete_row(
            application,
            kind=card.table,
            key=card.uuid,
            version=card.version,
            by=request.user,
            at=request.received_at,
        )
    except StaleRow as refusal:
        card.refused(refusal)
        return refusal
    except Refusal as refusal:
        return refusal
    return None


def save_posted_rows(
    request: HttpRequest, application: Application, tables: Iterable[Table]
) -> RowsSaved:
    """Save every touched row of tables that were read from a post, then do what its button says.

    One refusal stops no other row. For pages without script.
    """
    outcome = RowsSaved()
    verb, kind, key = _button(request)
    for table in tables:
        chosen = key if table.kind == kind else ""
        if verb == "theirs" and chosen:
            table.renew(chosen)
        for card in table.cards:
            leaves = verb == "delete" and card.key == chosen
            confirmed = verb == "confirm" and card.key == chosen and card.form.is_bound
            if (card.touched or confirmed) and not leaves:
                outcome.refusal = save_card(request, application, card) or outcome.refusal
        if table.kind == kind:
            _do(request, application, table, outcome, verb, key)
    return outcome


def _button(request: HttpRequest) -> tuple[str, str, str]:
    verb, kind, key = [*request.POST.get(DO, "").split(":"), "", "", ""][:3]
    return verb, kind, key


def _do(
    request: HttpRequest,
    application: Application,
    table: Table,
    outcome: RowsSaved,
    verb: str,
    key: str,
) -> None:
    if verb == "add" and not table.is_full:
        table.add()
        outcome.stays = True
    elif verb == "restore" and is_key(key):
        card = posted_card(table.kind, table.choices, key, request.POST)
        outcome.refusal = save_card(request, application, card) or outcome.refusal
    elif card := table.card(key):
        if verb == "delete":
            _delete(request, application, table, outcome, card)
        elif verb in STEPS and card.version:
            outcome.refusal = _move(request, application, card, verb) or outcome.refusal


def _delete(
    request: HttpRequest, application: Application, table: Table, outcome: RowsSaved, card: RowCard
) -> None:
    refusal = delete_card(request, application, card) if card.version else None
    if refusal:
        outcome.refusal = refusal
        return
    table.take_out(card)
    if card.deleted:
        table.deleted = card
        outcome.stays = True


STEPS = {"up": -1, "down": 1}


def _move(
    request: HttpRequest, application: Application, card: RowCard, verb: str
) -> Refusal | None:
    try:
        actions.move_row(
            application,
            kind=card.table,
            key=card.uuid,
            step=STEPS[verb],
            by=request.user,
            at=request.received_at,
        )
    except Refusal as refusal:
        return refusal
    return None
