"""Who has signed what was submitted, for everybody with the case; asking for it, for coordinators.

The page prints as the evidence of the case.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.states import Language
from applications import actions
from applications.actions.signing import scans_of
from applications.documents.signing import PartySigning, signing_of
from applications.forms.signing import AskForm, NamedForm, ScanForm
from applications.models import Application, SignatureRequest
from applications.rules import ASK_TO_SIGN, asks_for
from applications.states import ANSWERABLE
from applications.views.headings import heading_of
from applications.views.loading import VIEW, load
from applications.views.pages import CONFLICT
from icld_portal.refusals import Refusal
from partnerships.states import Side

Save = Callable[[Application, Any], object]


@login_required
@require_safe
def signatures(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every version with its signatures, the one that counts first."""
    application = load(request, public_id, VIEW)
    versions = [signing_of(row) for row in application.submissions.with_signing()]
    if not versions:
        return redirect("application_review", public_id)
    latest = versions[0]
    is_open = application.state in ANSWERABLE
    page = {
        "application": application,
        "heading": heading_of(latest.submission.data, application.dnr),
        "latest": latest,
        "earlier": versions[1:],
        "at": request.received_at,
        "is_past": application.round.is_past_signing(request.received_at),
        "may_ask": {
            party.organisation
            for party in latest.parties
            if is_open and asks_for(request.user, application, party.organisation)
        },
        "scans": scans_of(application).exists(),
    }
    return render(request, "applications/signatures.html", page)


@login_required
def ask(request: HttpRequest, public_id: UUID, organisation: UUID) -> HttpResponse:
    """Send a party's signatory a link, the first or another one."""
    application, party = _load(request, public_id, organisation)
    data = request.POST if request.method == "POST" else None

    def save(form):
        options = {"by": request.user, "at": request.received_at}
        asked = actions.ask_to_sign(application, party.organisation, form.signer(), **options)
        sent = _("A link to sign has been sent to %(address)s.") % {"address": asked.address}
        messages.success(request, sent)

    form = AskForm(data, initial=_named(party))
    template = "applications/signing/ask.html"
    return _form_page(request, application, party, form, template, save)


@login_required
def scan(request: HttpRequest, public_id: UUID, organisation: UUID) -> HttpResponse:
    """Register a signature on paper that has been scanned and uploaded."""
    application, party = _load(request, public_id, organisation)
    data = request.POST if request.method == "POST" else None

    def save(form):
        file, options = form.cleaned_data["scan"], {"by": request.user, "at": request.received_at}
        signer = form.signer()
        actions.register_scan(application, party.organisation, signer, file, **options)
        messages.success(request, _("The signature is registered."))

    form = ScanForm(data, scans=scans_of(application), initial=_named(party))
    template = "applications/signing/scan.html"
    return _form_page(request, application, party, form, template, save)


@login_required
@require_POST
def withdraw_link(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    application = load(request, public_id, ASK_TO_SIGN)
    links = SignatureRequest.objects.filter(submission__application=application)
    link = get_object_or_404(links.select_related("party__organisation"), pk=number)
    try:
        actions.withdraw_link(link, by=request.user, at=request.received_at)
    except Refusal as refusal:
        messages.error(request, refusal.text())
    else:
        messages.success(request, _("The link has been taken back."))
    return redirect("application_signatures", public_id)


def _load(
    request: HttpRequest, public_id: UUID, organisation: UUID
) -> tuple[Application, PartySigning]:
    """The party of the version that counts; 403 for one that the person may not ask for."""
    application = load(request, public_id, ASK_TO_SIGN)
    submission = application.submissions.with_signing().first()
    party = signing_of(submission).of(str(organisation)) if submission else None
    if party is None:
        raise Http404
    if not asks_for(request.user, application, party.organisation):
        raise PermissionDenied
    return application, party


def _named(party: PartySigning) -> dict[str, str]:
    """Whom the last link went to, else who is named in the version that counts."""
    named = {
        "name": party.named.get("name", ""),
        "title": party.named.get("title", ""),
        "mandate": party.named.get("mandate", ""),
        "address": party.named.get("email", ""),
        "language": party.named.get("language", ""),
    }
    if not named["language"]:
        is_swedish = party.side == Side.SWEDISH
        named["language"] = Language.SWEDISH if is_swedish else Language.ENGLISH
    for asked in party.asked[:1]:
        named |= {part: getattr(asked, part) for part in named}
    return named


def _form_page(
    request: HttpRequest,
    application: Application,
    party: PartySigning,
    form: NamedForm,
    template: str,
    save: Callable[[NamedForm], None],
) -> HttpResponse:
    refusal = None
    if form.is_valid():
        try:
            save(form)
        except Refusal as found:
            refusal = found
        else:
            return redirect("application_signatures", application.public_id)
    page = {"application": application, "party": party, "form": form, "refusal": refusal}
    return render(request, template, page, status=CONFLICT if refusal else None)
