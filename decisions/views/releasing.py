from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications.actions.telling import people_of
from decisions import actions
from decisions.actions.releasing import ensure_releasable
from decisions.documents.letter import freeze, readable
from decisions.views.loading import RELEASE, letter_of, load
from decisions.views.pages import turned_away
from icld_portal.refusals import Refusal


@login_required
def release(request, public_id):
    """What will be told, and to whom; then tell it."""
    case = load(request, public_id, RELEASE)
    if request.method == "POST":
        try:
            actions.release(case, by=request.user, at=request.received_at)
        except Refusal as refusal:
            messages.warning(request, refusal.text())
        else:
            messages.success(request, _("The decision is sent. The letter is being made."))
        return redirect("case", public_id)
    if away := turned_away(request, case, ensure_releasable):
        return away
    page = {
        "case": case,
        "task": _("Send the decision"),
        "letter": readable(freeze(letter_of(case))),
        "people": people_of(case.application),
    }
    return render(request, "decisions/release.html", page)
