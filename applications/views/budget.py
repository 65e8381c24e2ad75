"""The budget: its lines, what the rules say of them, and what is left under the ceiling."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import actions
from applications.completeness import MONEY
from applications.documents.live_budget import live_budget
from applications.forms.budget import LineForm, ReasonForm
from applications.models import Application
from applications.refusals import StaleForm
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, form_page, say_saved, why_not
from applications.views.sections import section
from funding.models import BudgetLine, CostType
from icld_portal.formats import kronor
from icld_portal.refusals import Refusal


@login_required
def budget(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All lines with what is wrong said at them; posting saves the reason for exceeding."""

    def save(application, form):
        values, at = form.cleaned_data, request.received_at
        actions.save_reason(application, values, by=request.user, at=at, was=form.seen)

    application = load(request, public_id, CHANGE)
    return form_page(
        request,
        application,
        MONEY,
        "applications/budget.html",
        make=ReasonForm,
        save=save,
        context=lambda application: {"budget": live_budget(application)},
    )


@login_required
def new_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _line_page(request, load(request, public_id, CHANGE), None)


@login_required
def line(request: HttpRequest, public_id: UUID, key: UUID) -> HttpResponse:
    """One line. If somebody has deleted it meanwhile, what was typed can be saved as a new one."""
    application = load(request, public_id, CHANGE)
    found = _line(application, key)
    if found is None and request.method != "POST":
        raise Http404
    return _line_page(request, application, found, gone=found is None)


@login_required
@require_POST
def delete_line(request: HttpRequest, public_id: UUID, key: UUID) -> HttpResponse:
    application = load(request, public_id, CHANGE)
    found = _line(application, key)
    try:
        if found:
            actions.delete_line(application, found, by=request.user, at=request.received_at)
    except Refusal as refusal:
        messages.error(request, refusal.text())
    else:
        messages.success(request, _deleted_text(found))
    return redirect(_budget_url(application))


def _line_page(
    request: HttpRequest, application: Application, line: BudgetLine | None, *, gone: bool = False
) -> HttpResponse:
    refusal = why_not(application, request.received_at)
    data = request.POST if request.method == "POST" else None
    form = _form(application, line, data, request.GET)
    if request.method == "POST" and form.is_valid() and not gone:
        by, at = request.user, request.received_at
        was = form.seen if line else None
        try:
            saved = actions.save_line(application, form.values(), by=by, at=at, line=line, was=was)
        except BudgetLine.DoesNotExist:
            line, gone = None, True
        except Refusal as found:
            refusal = found
            if isinstance(found, StaleForm):
                form.compare_with(_form(application, _line(application, line.key)))
        else:
            say_saved(request)
            return redirect(_after(request, application, saved))
    page = {
        "application": application,
        "section": section(MONEY),
        "form": form,
        "line": line,
        "gone": gone,
        "refusal": refusal,
        "cost_types": form.cost_types.values(),
    }
    status = CONFLICT if request.method == "POST" and (gone or refusal) else None
    return render(request, "applications/budget_line.html", page, status=status)


def _form(application: Application, line: BudgetLine | None, data=None, chosen=()) -> LineForm:
    """`chosen`: what the address proposes for a new line."""
    proposed = {name: chosen[name] for name in ("project_year", "party_id") if name in chosen}
    return LineForm(application, list(CostType.objects.all()), data, line=line, proposed=proposed)


def _deleted_text(line: BudgetLine | None) -> str:
    if line is None:
        return _("The line is deleted.")
    figures = {"line": line.description, "amount": kronor(line.amount_sek)}
    return _("The line is deleted: %(line)s, %(amount)s.") % figures


def _line(application: Application, key: UUID) -> BudgetLine | None:
    lines = BudgetLine.objects.filter(budget=application.budget)
    return lines.select_related("cost_type").filter(key=key).first()


def _budget_url(application: Application) -> str:
    return reverse("application_budget", args=[application.public_id])


def _after(request: HttpRequest, application: Application, saved: BudgetLine) -> str:
    """Back to the line in the budget, or on to one more for the same year and party."""
    if "more" not in request.POST:
        return f"{_budget_url(application)}#line-{saved.key}"
    new = reverse("budget_line_new", args=[application.public_id])
    return f"{new}?project_year={saved.project_year}&party_id={saved.party_id}"
