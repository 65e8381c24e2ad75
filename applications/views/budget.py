"""The budget: a grid of lines, what the rules say of them, and what is left under the ceiling."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import actions
from applications.actions.budgeting import SavedLines, newest_rates
from applications.completeness import MONEY
from applications.documents.live_budget import live_budget
from applications.forms.budget import ReasonForm, line_choices
from applications.forms.budget_grid import YEARS, BudgetGrid, deleted_in, is_all_in_kronor, keys_in
from applications.forms.budget_moves import Move
from applications.forms.tables.visits import planned_of, with_planned_visits
from applications.models import Application
from applications.refusals import StaleForm
from applications.views.budget_answer import answer
from applications.views.loading import CHANGE, load, load_for_budget
from applications.views.pages import CONFLICT, say_saved, why_not
from applications.views.sections import onward_from, section
from applications.views.writers import has_lost_log_in
from icld_portal.formats import kronor
from icld_portal.refusals import Refusal

UNDO = "budget_line_deleted"
"""Where the session keeps the line that was deleted last, as it was typed."""


@login_required
def budget(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All lines with what is wrong said at them. Posting saves every row, then does one thing more:
    add, copy, move or delete a line, when such a button was pressed."""
    application = load(request, public_id, CHANGE, extend=with_planned_visits)
    if request.method == "POST":
        return _save(request, application)
    live = live_budget(application)
    grid = BudgetGrid(line_choices(application, newest_rates(request.received_at)), live.lines)
    return _page(request, application, grid, ReasonForm(application), live)


@require_POST
def live(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Save the rows that have been touched, and say how the whole budget stands. 401 for somebody
    whose log-in has run out, so that the page can say so and keep what was typed."""
    if has_lost_log_in(request):
        return HttpResponse(status=401)
    application = load_for_budget(request, public_id)
    grid = _touched(request, application)
    reasons = _reasons(request, application)
    saved, refusal = None, None
    try:
        saved = actions.save_lines(
            application,
            grid.touched(),
            deleted=deleted_in(request.POST),
            order=keys_in(request.POST, "order"),
            by=request.user,
            at=request.received_at,
        )
        if reasons.is_valid():
            _save_reasons(request, application, reasons)
    except Refusal as found:
        refusal = found
    data = answer(request, application, grid, reasons, saved, refusal)
    return JsonResponse(data, status=CONFLICT if data["refusal"] else 200)


def _save(request: HttpRequest, application: Application) -> HttpResponse:
    grid, reasons = _posted(request, application), _reasons(request, application)
    move = Move.named(request.POST.get("do", ""), grid, _undo(request, application))
    saved, refusal = _carry_out(request, application, move, reasons)
    for row in grid.rows:
        if row.key in saved.conflicts:
            row.clash(saved.conflicts[row.key])
    if refusal is None:
        _remember(request, application, move, saved)
    if refusal or grid.clashes() or grid.wrong() or reasons.errors:
        if move.new_year:
            grid.add_like(move.new_year)
        live = live_budget(application)
        return _page(request, application, grid, reasons, live, refusal, status=CONFLICT)
    _tell(request, move, saved)
    if "onward" in request.POST:
        return redirect(onward_from(application, MONEY))
    return redirect(_after(application, move))


def _carry_out(
    request: HttpRequest, application: Application, move: Move, reasons: ReasonForm
) -> tuple[SavedLines, Refusal | None]:
    """Save the rows, the reasons and what the button asked for; what was saved, and the refusal."""
    by, at = request.user, request.received_at
    saved = SavedLines()
    try:
        saved = actions.save_lines(
            application, move.changes, deleted=move.deleted, order=move.order, by=by, at=at
        )
        if reasons.is_valid():
            _save_reasons(request, application, reasons)
        if move.renews_rates:
            actions.renew_rates(application, by=by, at=at)
    except Refusal as refusal:
        if isinstance(refusal, StaleForm):
            reasons.compare_with(ReasonForm(load(request, application.public_id, CHANGE)))
        return saved, refusal
    return saved, None


def _save_reasons(request: HttpRequest, application: Application, form: ReasonForm) -> None:
    values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "was"}
    actions.save_reasons(
        application, values, by=request.user, at=request.received_at, was=form.seen
    )
    for name, text in values.items():
        setattr(application, name, text)  # what is told next goes by what is saved


def _reasons(request: HttpRequest, application: Application) -> ReasonForm:
    """The reasons that were posted; unbound when only rows were."""
    return ReasonForm(application, request.POST if "was" in request.POST else None)


def _posted(request: HttpRequest, application: Application) -> BudgetGrid:
    """The rows that were posted; only their lines are read."""
    lines = application.budget.lines.filter(key__in=keys_in(request.POST, "row"))
    return BudgetGrid(
        line_choices(application, newest_rates(request.received_at)), lines, request.POST
    )


def _touched(request: HttpRequest, application: Application) -> BudgetGrid:
    """The same, without asking for what rows in kronor do not need."""
    if not is_all_in_kronor(request.POST):
        return _posted(request, application)
    return BudgetGrid(line_choices(application), [], request.POST)


def _page(
    request, application, grid, reasons, live, refusal=None, status: int | None = None
) -> HttpResponse:
    refusal = refusal or why_not(application, request.received_at)
    asked_year = request.GET.get("ny", "")
    if asked_year in YEARS or not grid.rows:
        grid.add_like(int(asked_year) if asked_year in YEARS else 1)
    for row in grid.rows:
        row.findings = [] if row.form.errors else live.at_line(row.key)
    page = {
        "application": application,
        "planned": planned_of(application),
        "section": section(application, MONEY),
        "budget": live,
        "grid": grid,
        "blank": grid.blank(),
        "years": grid.years(live.table),
        "form": reasons,
        "refusal": refusal,
        "onward": onward_from(application, MONEY),
        "read_only": refusal is not None and request.method != "POST",
        "deleted": _undo(request, application) if request.method == "GET" else None,
    }
    return render(request, "applications/budget.html", page, status=status)


def _undo(request: HttpRequest, application: Application) -> dict | None:
    """The line that was deleted last, if it was in this budget."""
    kept = request.session.get(UNDO)
    return kept if kept and kept["application"] == str(application.public_id) else None


def _remember(
    request: HttpRequest, application: Application, move: Move, saved: SavedLines
) -> None:
    """Keep a deleted line so that it can be put back; what was kept before is let go,
    unless it was wrong and stands on the page to be mended."""
    if _undo(request, application) and not move.keeps_undo:
        del request.session[UNDO]
    if move.removed and move.removed.key not in saved.conflicts:
        request.session[UNDO] = {
            "application": str(application.public_id),
            "key": str(move.removed.key),
            "order": move.order_before,
            "cells": move.removed.typed(),
        }


def _tell(request: HttpRequest, move: Move, saved: SavedLines) -> None:
    """Say, on the page that comes next, what was done."""
    if not move.removed:
        say_saved(request)
    elif move.removed.key in saved.conflicts:
        told = _("Somebody has changed the line since you opened the page. It is still here: look.")
        messages.warning(request, told)
    else:
        figures = {"line": move.removed.name, "amount": move.removed.amount or kronor(0)}
        messages.success(request, _("The line is deleted: %(line)s, %(amount)s.") % figures)


def _after(application: Application, move: Move) -> str:
    address = reverse("application_budget", args=[application.public_id])
    if move.new_year:
        return f"{address}?ny={move.new_year}#ny"
    return f"{address}#line-{move.at}" if move.at else address
