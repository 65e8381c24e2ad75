"""The officers' queue: found, sorted, chosen columns; taken out as a table; given to officers."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from applications.states import ApplicationState
from decisions import actions
from decisions.actions.assigning import Assigned
from decisions.documents.queue_table import FORMATS, queue_table
from decisions.forms.deciding import AssignForm
from decisions.forms.queue import QueueForm
from decisions.forms.saved_views import SavedViewForm
from decisions.models import Case
from decisions.querysets import ENDED
from decisions.states import CaseState
from icld_portal import clock

PAGE_LENGTH = 50
STATES = (*CaseState, *map(ApplicationState, ENDED))
MOST_AT_ONCE = 200
"""Cases that are given to somebody in one request."""

reads_cases = permission_required("accounts.read_cases", raise_exception=True)


@login_required
@reads_cases
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    actions.catch_up(at=request.received_at)
    form = QueueForm(request.GET, user=request.user)
    return render(request, "decisions/cases.html", _page(request, form))


def _page(request: HttpRequest, form: QueueForm) -> dict[str, Any]:
    queue = form.narrowed(_queue_of(request))
    counts = queue.state_counts()
    rows = form.ordered(form.in_state(queue)).for_list()
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "form": form,
        "rows": Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page")),
        "columns": form.columns_shown,
        "order": form.order_chosen,
        "total": sum(counts.values()) - sum(counts[state] for state in ENDED),
        "counts": [(state, counts[state]) for state in STATES if counts[state]],
        "chosen_state": form.chosen("state"),
        "is_narrowed": form.narrows,
        "query": kept.urlencode(),
        "views": list(request.user.saved_views.all()),
        "view_form": SavedViewForm(initial={"query": kept.urlencode()}),
        "assign_form": AssignForm(auto_id="assign_%s"),
    }


def _queue_of(request: HttpRequest):
    return Case.objects.visible_to(request.user).as_queue()


@login_required
@reads_cases
@require_safe
def export(request: HttpRequest, format: str) -> HttpResponse:
    """What the queue shows, all of it, with every column."""
    form = QueueForm(request.GET, user=request.user)
    rows = form.ordered(form.in_state(form.narrowed(_queue_of(request)))).for_list()
    content, content_type = queue_table(rows, FORMATS[format])
    name = f"arenden-{clock.local_date(request.received_at)}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@login_required
@reads_cases
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen cases to an officer, and come back to where one was."""
    form = AssignForm(request.POST)
    chosen = Case.objects.visible_to(request.user).filter(
        application__public_id__in=_ids(request.POST.getlist("case"))
    )
    rows = list(chosen.for_page()[:MOST_AT_ONCE])
    if not rows:
        messages.warning(request, _("Tick the cases first."))
    elif not form.is_valid():
        messages.warning(request, _("Choose whom the cases are given to."))
    else:
        officer = form.cleaned_data["officer"]
        found = actions.assign_many(rows, officer=officer, by=request.user, at=request.received_at)
        _tell(request, found, officer)
    return redirect(_address(request.POST.get("query", "")))


def _ids(values: list[str]) -> list[UUID]:
    found = []
    for value in values[:MOST_AT_ONCE]:
        with suppress(ValueError):
            found.append(UUID(value))
    return found


def _tell(request: HttpRequest, found: Assigned, officer) -> None:
    if found.done:
        told = ngettext(
            "%(count)s case is given to %(officer)s.",
            "%(count)s cases are given to %(officer)s.",
            found.done,
        )
        messages.success(request, told % {"count": found.done, "officer": officer})
    for case, refusal in found.refused:
        messages.warning(request, f"{case.application.dnr}: {refusal.text()}")


@login_required
@reads_cases
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if form.is_valid():
        actions.save_view(request.user, **form.cleaned_data)
        messages.success(request, _("The view is saved."))
    else:
        messages.warning(request, _("Give the view a name, at most 60 characters."))
    return redirect(_address(request.POST.get("query", "")))


@login_required
@reads_cases
@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop_view(request.user, pk)
    messages.success(request, _("The view is gone. The cases are where they were."))
    return redirect("cases")


def _address(query: str) -> str:
    """The queue as it was; what comes along in a form is parsed, so that it is nothing else."""
    kept = QueryDict(query).urlencode()
    return reverse("cases") + (f"?{kept}" if kept else "")
