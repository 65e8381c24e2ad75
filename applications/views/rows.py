"""Saving one row of a table while it is written."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import actions
from applications.documents.related_rows import for_tables, with_related
from applications.forms.tables.base import objective_labels, row_choices
from applications.forms.tables.cards import RowCard, posted_card
from applications.forms.tables.visits import visits_planned
from applications.models import Application
from applications.querysets import ApplicationQuerySet
from applications.risk_matrix import risk_matrix
from applications.row_columns import COLUMNS
from applications.states import QuestionKind
from applications.views.loading import load_to_write
from applications.views.pages import CONFLICT
from applications.views.saving_rows import STEPS, delete_card, save_card
from applications.views.writers import has_lost_log_in
from icld_portal.formats import clock
from icld_portal.refusals import Refusal

DERIVED = {QuestionKind.OBJECTIVES, QuestionKind.RISKS, QuestionKind.VISITS}
"""Tables of which something else on the page is made: it is sent along with every row."""


@require_POST
def row(request: HttpRequest, public_id: UUID, kind: str, key: UUID) -> HttpResponse:
    """Save one row (`do=save`, with the cells and the `version` it began from), delete it or move
    it (`up`, `down`). Answers with JSON: how the row now stands.

    401 when logged out, 409 when refused or when a cell holds what cannot be kept.
    """
    if has_lost_log_in(request):
        return HttpResponse(status=401)
    if kind not in COLUMNS:
        raise Http404
    application = load_to_write(request, public_id, lambda rows: _reading(rows, kind))
    if not application.asks_for_table:
        raise Http404
    verb = request.POST.get("do", "save")
    if verb in STEPS:
        return _moved(request, application, kind, key, STEPS[verb])
    card = posted_card(kind, row_choices(application), str(key), request.POST)
    refusal = (delete_card if verb == "delete" else save_card)(request, application, card)
    found = _answer(request, application, card, refusal, deleted=verb == "delete")
    return JsonResponse(found, status=CONFLICT if refusal else 200)


def _reading(rows: ApplicationQuerySet, kind: str) -> ApplicationQuerySet:
    """With no more than the cells of the row are judged by."""
    names = [name for name in for_tables([kind]) if name != kind or kind in DERIVED]
    if kind == QuestionKind.VISITS:
        rows = rows.select_related("round__schedule")
    return with_related(rows.with_parties().asking_for_table(kind), names)


def _moved(
    request: HttpRequest, application: Application, kind: str, key: UUID, step: int
) -> HttpResponse:
    who = {"by": request.user, "at": request.received_at}
    try:
        order = actions.move_row(application, kind=kind, key=key, step=step, **who)
    except Refusal as refusal:
        return JsonResponse({"refusal": refusal.text()}, status=CONFLICT)
    answer = {"order": [str(each) for each in order], "saved": _saved(request)}
    if kind in DERIVED:
        rows = {row["key"]: row for row in getattr(application, f"read_{kind}")}
        known = [rows[each] for each in answer["order"] if each in rows]
        answer |= _made_of(request, application, kind, known)
    return JsonResponse(answer)


def _answer(
    request: HttpRequest,
    application: Application,
    card: RowCard,
    refusal: Refusal | None,
    *,
    deleted: bool,
) -> dict[str, Any]:
    """How the row fared, and what else on the page is made of its table."""
    answer: dict[str, Any] = {"refusal": refusal.text() if refusal else "", "errors": {}}
    if card.conflict:
        return answer | _conflict(request, card, kept=deleted)
    if refusal:
        wrong = {} if deleted else card.form.errors
        return answer | {"errors": {name: " ".join(texts) for name, texts in wrong.items()}}
    answer["saved"] = _saved(request)
    if deleted:
        answer["deleted"] = _deleted(card)
    else:
        answer |= {"version": card.version, "was": card.was, "bits": card.bits}
    return answer | _derived(request, application, card, deleted=deleted)


def _conflict(request: HttpRequest, card: RowCard, *, kept: bool) -> dict[str, Any]:
    """Both sides, and what the next save begins from. `kept`: it was to be deleted."""
    page = {"card": card, "kept": kept}
    return {
        "conflict": render_to_string("applications/includes/row_clash.html", page, request),
        "theirs": None if card.is_gone else card.theirs(),
        "version": card.version,
        "was": card.was,
    }


def _deleted(card: RowCard) -> dict[str, Any]:
    """What the browser gives back to undo it; nothing for a row that was gone."""
    if card.deleted is None:
        return {}
    was = card.deleted
    indicators = " ".join(map(str, was.indicators))
    return {"version": was.version, "order": was.order, "indicators": indicators}


def _derived(
    request: HttpRequest, application: Application, card: RowCard, *, deleted: bool
) -> dict[str, Any]:
    """The objectives that indicators choose from; the picture of the risks."""
    if card.table not in DERIVED:
        return {}
    before = getattr(application, f"read_{card.table}")
    rows = _without(before, card) if deleted else _with(before, card)
    return _made_of(request, application, card.table, rows)


def _made_of(
    request: HttpRequest, application: Application, kind: str, rows: list[dict]
) -> dict[str, Any]:
    if kind == QuestionKind.OBJECTIVES:
        return {"objectives": objective_labels(rows)}
    if kind == QuestionKind.RISKS:
        template, page = "risk_matrix.html", {"matrix": risk_matrix(rows)}
    else:
        template, page = "visits_planned.html", {"years": visits_planned(application, rows)}
    html = render_to_string(f"applications/includes/{template}", page, request)
    return {"picture": html.strip()}


def _without(rows: list[dict], card: RowCard) -> list[dict]:
    return [row for row in rows if row["key"] != card.key]


def _with(rows: list[dict], card: RowCard) -> list[dict]:
    """The rows as they were read, with the one that has been saved since in its place."""
    fresh = {"key": card.key, **card.form.values()}
    if all(row["key"] != card.key for row in rows):
        return [*rows, fresh]
    return [fresh if row["key"] == card.key else row for row in rows]


def _saved(request: HttpRequest) -> str:
    return _("Saved %(clock)s") % {"clock": clock(request.received_at)}
