"""Is a document the portal's? For anybody: no log-in, and nothing told that they do not have.

Asking changes nothing, so a link may ask: a receipt's link comes with its fields filled in and is
answered at once.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from accounts.adapter import is_too_often
from applications.documents.verifying import Confirmed, confirmed, confirmed_pdf
from applications.forms.verifying import NumberForm, PdfForm
from icld_portal.files import sha256_of
from icld_portal.upload_handler import too_large

A_MINUTE = 40
"""More than a registry checks by hand; a checksum could not be guessed in any number of tries."""

FIELDS = ("nr", "summa")


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """By number and checksum, or by a PDF of which only the hash is taken and nothing is kept."""
    is_asked = request.method == "POST" or any(request.GET.get(name) for name in FIELDS)
    if is_asked and is_too_often(request, "verify", limit=A_MINUTE):
        return render(request, "429.html", status=429)
    if request.method == "POST":
        return _file(request)
    form = NumberForm(request.GET if is_asked else None)
    if not form.is_valid():
        return _page(request, number=form)
    found = confirmed(form.cleaned_data["nr"], form.cleaned_data["summa"])
    return _page(request, number=form, found=found)


def _file(request: HttpRequest) -> HttpResponse:
    form = PdfForm(request.POST, request.FILES, too_large=bool(too_large(request)))
    if not form.is_valid():
        return _page(request, file=form)
    found = confirmed_pdf(sha256_of(form.cleaned_data["pdf"]))
    return _page(request, file=form, found=found)


def _page(
    request: HttpRequest,
    *,
    number: NumberForm | None = None,
    file: PdfForm | None = None,
    found: Sequence[Confirmed] | None = None,
) -> HttpResponse:
    page = {
        "number": number or NumberForm(),
        "file": file or PdfForm(),
        "form": number or file,
        "found": found,
        "is_answered": found is not None,
        "by_file": file is not None,
    }
    response = render(request, "applications/verify.html", page)
    add_never_cache_headers(response)
    return response
