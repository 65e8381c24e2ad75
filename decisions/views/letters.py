"""The letter as PDF, for staff: the draft before release, the frozen one after it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from decisions.documents.letter import filename, freeze, render
from decisions.models import Letter
from decisions.views.loading import letter_of, load


@login_required
def draft(request, public_id):
    letter = letter_of(load(request, public_id))
    if letter is None or letter.queued_at:
        raise Http404
    context = freeze(letter)
    name = filename(context).replace(".pdf", "-utkast.pdf")
    return pdf_response(render(context, version=letter.template_version, draft=True), name)


@login_required
def letter(request, public_id):
    found = letter_of(load(request, public_id))
    if found is None:
        raise Http404
    return stored_pdf(request, found)


def stored_pdf(request, letter: Letter) -> HttpResponse:
    """The letter as it was made, once and for all. 404 until the worker has made it."""
    if not request.user.has_perm("decisions.view_letter", letter):
        raise PermissionDenied
    if letter.rendered_at is None:
        raise Http404
    return pdf_response(bytes(letter.pdf), filename(letter.context))


def pdf_response(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-cache",
        },
    )
