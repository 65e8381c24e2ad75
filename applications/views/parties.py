"""The parties of an application: who takes part, on which side, and who leads."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications import actions
from applications.completeness import PARTIES
from applications.documents.party_model import party_model
from applications.documents.snapshot import has_steering_group
from applications.forms.parties import AddPartyForm, PartnerForm
from applications.models import Application, ApplicationParty
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, say_saved, why_not
from applications.views.sections import onward_from, section
from funding.states import Phase
from icld_portal import clock
from icld_portal.refusals import Refusal
from partnerships.states import Side


@login_required
def parties(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One page, four things to do on it: remove a party, let another partner lead, add one (or the
    partner that was sought), and apply for the steering group that a project lacks."""
    application = load(request, public_id, CHANGE)
    posted = request.method == "POST"
    form = _form(request, application)
    refusal = why_not(application, request.received_at)
    change = _change(request, application, form) if posted else None
    if change:
        try:
            change()
        except Refusal as found:
            refusal = found
        else:
            say_saved(request)
            return redirect(request.path)
    page = {
        **_shown(application),
        "form": form,
        "refusal": refusal,
        "read_only": refusal is not None and not posted,
    }
    status = CONFLICT if refusal and posted else None
    return render(request, "applications/parties.html", page, status=status)


def _form(request: HttpRequest, application: Application) -> PartnerForm:
    form = AddPartyForm if _has_partner(application) else PartnerForm
    data = request.POST if "add" in request.POST else None
    return form(application, data, day=clock.local_date(request.received_at))


def _change(request: HttpRequest, application: Application, form) -> Callable[[], object] | None:
    """The action that was asked for; None when the form has something to correct."""
    options = {"by": request.user, "at": request.received_at}
    if "steering_group" in request.POST:
        return lambda: actions.add_steering_group(application, **options)
    if removed := request.POST.get("remove"):
        party = _removable(application, removed)
        return lambda: actions.remove_party(application, party, **options)
    if leader := request.POST.get("lead"):
        party = _removable(application, leader)
        return lambda: actions.let_lead(application, party, **options)
    if not form.is_valid():
        return None
    add = actions.add_party if _has_partner(application) else actions.choose_partner
    return lambda: add(application, form.cleaned_data["partner"], **options)


def _removable(application: Application, number: str) -> ApplicationParty:
    """The party by its number, unless it leads its side."""
    for party in application.parties.all():
        if str(party.pk) == number and not party.lead:
            return party
    raise Http404


def _shown(application: Application) -> dict:
    is_project = application.phase == Phase.PROJECT
    return {
        "application": application,
        "section": section(application, PARTIES),
        "onward": onward_from(application, PARTIES),
        "has_partner": _has_partner(application),
        "model": party_model(application),
        "lacks_steering_group": is_project and not has_steering_group(application),
    }


def _has_partner(application: Application) -> bool:
    return any(party.side == Side.INTERNATIONAL for party in application.parties.all())
