"""The page behind a personal link: read what is to be signed, and sign it. Nobody logs in.

A link is known by its token alone, so the page is kept nowhere, listed nowhere, and given away by
no referrer; opening it never signs, since filters open links before people do.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts.adapter import is_too_often
from applications import actions
from applications.actions.giving_out import give_application
from applications.actions.signing import ensure_signable
from applications.actions.signing_links import note_opened, request_by
from applications.documents.submission_pdf import filename
from applications.forms.signing import SignForm
from applications.models import SignatureRequest, SubmissionPdf
from applications.views.headings import heading_of
from applications.views.pages import CONFLICT
from icld_portal.refusals import Refusal

A_MINUTE = 40
"""More than a person and their mail filter need, less than anybody who guesses would."""

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # Not no-referrer: browsers would send the form without an origin, and it would be refused.
    "Referrer-Policy": "same-origin",
}

View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """A page for whoever has the link: limited in rate, in the signatory's language unless they
    have chosen another, and private in every header. An unknown token is told as such."""

    @wraps(view)
    @sensitive_variables("token")
    def wrapper(request: HttpRequest, token: str) -> HttpResponse:
        if is_too_often(request, "sign", limit=A_MINUTE):
            return _private(render(request, "429.html", status=429))
        asked = request_by(token)
        if asked is None:
            return _private(render(request, "applications/signing/unknown.html", status=404))
        language = _language(request, asked)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = _private(view(request, asked, token))
        response.headers["Content-Language"] = language
        return response

    return wrapper


@by_link
def sign(request: HttpRequest, asked: SignatureRequest, token: str) -> HttpResponse:
    """The copy to read and the form; once signed, the receipt alone."""
    if request.method != "POST":
        note_opened(asked, at=request.received_at)
    if hasattr(asked, "signature"):
        return _receipt(request, asked)
    form = SignForm(asked, request.POST if request.method == "POST" else None)
    try:
        ensure_signable(asked)
        if form.is_valid():
            by = request.user if request.user.is_authenticated else None
            actions.sign(asked, form.signer(), by=by, at=request.received_at)
            return redirect("sign", token)
    except Refusal as refusal:
        page = {"asked": asked, "refusal": refusal}
        return render(request, "applications/signing/closed.html", page, status=CONFLICT)
    return _form(request, asked, token, form)


@by_link
@require_safe
def sign_pdf(request: HttpRequest, asked: SignatureRequest, token: str) -> HttpResponse:
    """What is to be signed, as a PDF in their language, as long as the link can be used."""
    try:
        ensure_signable(asked)
    except Refusal:
        raise Http404 from None
    pdfs = SubmissionPdf.objects.select_related("submission__application")
    pdf = get_object_or_404(pdfs, submission=asked.submission_id)
    language = translation.get_language()
    name = filename(pdf.submission, language)
    named = content_disposition_header(as_attachment=False, filename=name)
    content = give_application(pdf, language, at=request.received_at)
    headers = {"Content-Disposition": named}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _form(request: HttpRequest, asked: SignatureRequest, token: str, form) -> HttpResponse:
    submission = asked.submission
    content = submission.data
    page = {
        "asked": asked,
        "submission": submission,
        "content": content,
        "heading": heading_of(content, submission.application.dnr),
        "form": form,
        "token": token,
        "has_pdf": SubmissionPdf.objects.filter(submission=submission).exists(),
        "is_late": submission.application.round.is_past_signing(request.received_at),
    }
    return render(request, "applications/signing/sign.html", page)


def _receipt(request: HttpRequest, asked: SignatureRequest) -> HttpResponse:
    submission = asked.submission
    page = {
        "asked": asked,
        "signature": asked.signature,
        "submission": submission,
        "heading": heading_of(submission.data, submission.application.dnr),
        "latest": submission.application.submissions.values_list("version", flat=True).first(),
    }
    return render(request, "applications/signing/signed.html", page)


def _language(request: HttpRequest, asked: SignatureRequest) -> str:
    """The one that was chosen in this browser, else the signatory's."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else asked.language


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
