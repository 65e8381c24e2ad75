"""Taking an application back, after a question."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.actions.withdrawing import withdrawn_along
from applications.forms.withdrawing import WithdrawForm
from applications.refusals import NotWithdrawable
from applications.states import ANSWERABLE
from applications.views.loading import SUBMIT, load
from applications.views.pages import CONFLICT
from icld_portal.refusals import Refusal


@login_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = load(request, public_id, SUBMIT)
    if application.state not in ANSWERABLE:
        messages.warning(request, NotWithdrawable(state=application.state).text())
        return redirect("application", public_id)
    along = withdrawn_along(application, request.user)
    form = WithdrawForm(application, along, request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            reason, at = form.cleaned_data["reason"], request.received_at
            actions.withdraw(form.applications(), reason=reason, by=request.user, at=at)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("The application is withdrawn."))
            return redirect("application", public_id)
    page = {"application": application, "along": along, "form": form, "refusal": refusal}
    return render(request, "applications/withdraw.html", page, status=CONFLICT if refusal else None)
