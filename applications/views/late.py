"""After the close, for the applicant: handing in late with a reason, or asking to be let in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.actions.arriving_late import ensure_late, going_late
from applications.documents.snapshot import snapshots
from applications.forms.late import LateForm
from applications.states import ApplicationState
from applications.views.loading import SUBMIT, load
from applications.views.pages import CONFLICT
from applications.views.review import Reviewed
from icld_portal.refusals import Refusal


@login_required
def late(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is complete is handed in at once; for the rest one asks, and may finish it then."""
    application = load(request, public_id, SUBMIT)
    at = request.received_at
    if refusal := _why_not(application, at):
        messages.warning(request, refusal.text())
        return redirect("application", public_id)
    rows = going_late(application, request.user)
    judged = zip(rows, snapshots(rows), strict=True) if rows else ()
    reviewed = [Reviewed(row, found, at) for row, found in judged]
    complete = bool(rows) and not any(each.to_do for each in reviewed)
    form = LateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _sent(request, application, rows if complete else [], form)
        except Refusal as found:
            refusal = found
    page = {
        "application": application,
        "reviewed": reviewed,
        "complete": complete,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "applications/late.html", page, status=CONFLICT if refusal else None)


def _sent(request: HttpRequest, application, rows, form: LateForm) -> HttpResponse:
    options = {
        "reason": form.cleaned_data["reason"],
        "by": request.user,
        "at": request.received_at,
    }
    if rows:
        actions.submit_late(rows, **options)
        return redirect("application_receipt", application.public_id)
    actions.ask_for_dispensation(application, **options)
    messages.success(request, _("ICLD has got your request and answers by e-mail and here."))
    return redirect("application", application.public_id)


def _why_not(application, at) -> Refusal | None:
    try:
        ensure_late(application, at, also={ApplicationState.SUBMITTED})
    except Refusal as refusal:
        return refusal
    return None
