"""The shape that every form page of a case has: fill, check, one action, back to the case."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.forms.guarded import GuardedForm
from applications.refusals import StaleForm
from decisions.actions.moving import why_not
from decisions.forms.refused import refuse
from decisions.models import Case
from decisions.refusals import AssessmentIncomplete, NewerProposal
from icld_portal.refusals import Refusal

CONFLICT = 409
RELOADED = (StaleForm, NewerProposal, AssessmentIncomplete)
"""Refusals after which what is saved is another than the page was filled with."""

Make = Callable[[Case, Mapping | None], forms.Form]


def form_page(
    request: HttpRequest,
    case: Case,
    template: str,
    *,
    task: str,
    make: Make,
    act: Callable[[forms.Form], Any],
    done: str | Callable[[], str],
    reload: Callable[[], Case],
    context: Callable[[Case, forms.Form], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """Show a form, or carry out its action and go back to the case saying `done`.

    A refusal is shown in the form, with everything typed still there. When somebody else has saved
    meanwhile, `reload` gives the case anew and the page tells what differs. `context` adds to the
    page, of the case and form as they are shown.
    """
    form = make(case, request.POST if request.method == "POST" else None)
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Refusal as refusal:
            refuse(form, refusal)
            status = CONFLICT
            if isinstance(form, GuardedForm) and isinstance(refusal, RELOADED):
                case = reload()
                form.compare_with(make(case, None))
        else:
            messages.success(request, done() if callable(done) else done)
            return redirect("case", case.application.public_id)
    page = {"case": case, "form": form, "task": task}
    if context:
        page |= context(case, form)
    return render(request, template, page, status=status)


def turned_away(request: HttpRequest, case: Case, ensure: Callable) -> HttpResponse | None:
    """Back to the case with the reason, when a page is opened that leads nowhere now.

    Only for opening it: what has been typed and sent is answered on its own page.
    """
    if request.method == "POST":
        return None
    refusal = why_not(ensure, case, by=request.user, at=request.received_at)
    if refusal is None:
        return None
    messages.warning(request, refusal.text())
    return redirect("case", case.application.public_id)
