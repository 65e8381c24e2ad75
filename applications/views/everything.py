"""The whole application to read, print and take along: page, draft PDF, ZIP, basis for a report."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from applications.actions.giving_out import give_case
from applications.documents.case_files import case_of
from applications.documents.case_zip import zip_filename
from applications.documents.draft_pdf import draft_filename, render_draft
from applications.documents.shown import Shown, shown
from applications.documents.word.official_basis import basis_filename, official_basis
from applications.models import Application
from applications.rules import is_member_of_a_party, is_member_of_a_swedish_party
from applications.views.headings import heading_of
from applications.views.loading import TOGETHER, load
from applications.views.pages import why_not

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
private = cache_control(private=True, no_store=True)


@login_required
@require_safe
def everything(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything on one page: what stands now for its parties, what was handed in for ICLD."""
    application = load(request, public_id)
    found = _shown(request, application)
    page = {
        "application": application,
        "found": found,
        "heading": heading_of(found.content, application.title),
        "is_swedish": is_member_of_a_swedish_party(request.user, application),
        "at": request.received_at,
    }
    return render(request, "applications/everything.html", page)


@login_required
@require_safe
@private
def draft_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The living application as a PDF marked as a draft; 404 where nothing is being written."""
    application = load(request, public_id)
    found = _shown(request, application)
    if found.draft is None:
        raise Http404
    language = get_language()
    made = render_draft(application, found, at=request.received_at, language=language)
    return _file(made, "application/pdf", draft_filename(application, language), attached=False)


@login_required
@require_safe
@private
def official_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A Word file for the municipality's own report."""
    application = load(request, public_id, TOGETHER)
    found = _shown(request, application)
    made = official_basis(application, found.content, at=request.received_at)
    return _file(made, WORD, basis_filename(application), attached=True)


@login_required
@require_safe
@private
def whole_case(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The case in one file, for the registry."""
    application = load(request, public_id)
    found = _shown(request, application)
    case = case_of(application, found)
    made = give_case(case, at=request.received_at)
    name = zip_filename(application)
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")


def _shown(request: HttpRequest, application: Application) -> Shown:
    """The parties read what they write, as long as they can; ICLD and the rest what was sent."""
    is_member = is_member_of_a_party(request.user, application)
    writes = why_not(application, request.received_at) is None
    differs = writes and application.has_unsubmitted_changes
    return shown(application, lives=is_member and (differs or not application.latest_version))


def _file(content: bytes, kind: str, name: str, *, attached: bool) -> HttpResponse:
    named = content_disposition_header(as_attachment=attached, filename=name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": named})
