"""Beginning again from a draft that was not submitted in time."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import actions
from applications.models import Round
from applications.views.loading import CHANGE, load
from icld_portal.refusals import Refusal


@login_required
@require_POST
def restart(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lapsed = load(request, public_id, CHANGE)
    parties = [party.organisation_id for party in lapsed.parties.all()]
    rounds = Round.objects.open_at(request.received_at).offered_to(parties)
    round_ = rounds.taking(lapsed.phase).first()
    if round_ is None:
        text = _("No round for this is open now. What you wrote is kept until one is.")
        messages.error(request, text)
        return redirect("application", public_id)
    try:
        begun = actions.restart(lapsed, round=round_, by=request.user, at=request.received_at)
    except Refusal as refusal:
        messages.error(request, refusal.text())
        return redirect("application", public_id)
    messages.success(
        request,
        _(
            "A new draft has been begun with everything you had written. Attachments, "
            "signatories and declarations are not taken along: add them again."
        ),
    )
    return redirect("application", begun.public_id)
