"""Asking for what is complete to be handed in when the round closes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import actions
from applications.views.loading import SUBMIT, load
from icld_portal.refusals import Refusal


@login_required
@require_POST
def at_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The tick of the review, for everything that is submitted together."""
    application = load(request, public_id, SUBMIT)
    wanted = "at_close" in request.POST
    rows = actions.together(application, request.user)
    try:
        actions.submit_at_close(rows, wanted=wanted, by=request.user, at=request.received_at)
    except Refusal as refusal:
        messages.error(request, refusal.text())
        return redirect("application_review", public_id)
    if wanted:
        said = _("What is complete when the round closes will be submitted then.")
    else:
        said = _("Nothing is submitted by itself. You submit with the button.")
    messages.success(request, said)
    return redirect("application_review", public_id)
