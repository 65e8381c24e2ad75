"""What has been handed in: the receipt, the versions, and both as PDFs."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from applications.actions.giving_out import give_application, give_receipt
from applications.actions.taking_part import family
from applications.documents.receipt_pdf import receipt_filename
from applications.documents.receipts import arrivals_of, verify_path
from applications.documents.submission_pdf import filename
from applications.models import Application, Submission, SubmissionPdf
from applications.states import WRITABLE
from applications.views.headings import heading_of
from applications.views.loading import VIEW, load


@login_required
@require_safe
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The latest submissions of what goes together, with what happens next."""
    application = load(request, public_id, VIEW)
    submissions = _submissions(request, application)
    own = [row for row in submissions if row.application_id == application.pk]
    if not own:
        return redirect("application_review", public_id)
    latest, arrivals = _latest(submissions), arrivals_of(submissions)
    is_open = application.is_open(request.received_at)
    page = {
        "application": application,
        "latest": [
            (row, heading_of(row.data, ""), verify_path(row), arrivals.get(row.pk))
            for row in latest
        ],
        "heading": heading_of(own[0].data, ""),
        "arrival": arrivals.get(own[0].pk),
        "earlier": [(row, arrivals.get(row.pk)) for row in own[1:]],
        "content": own[0].data,
        "pdf_awaited": any(not row.has_pdf for row in latest),
        "can_change": is_open and application.state in WRITABLE,
        "changed_since": application.revision != application.latest_revision,
    }
    return render(request, "applications/receipt.html", page)


@login_required
@require_safe
@cache_control(private=True, max_age=0)
def submission_pdf(request: HttpRequest, public_id: UUID, version: int) -> HttpResponse:
    """The PDF of one version, in the reader's language; 404 until the worker has made it."""
    application = load(request, public_id, VIEW)
    pdfs = SubmissionPdf.objects.select_related("submission__application")
    pdf = get_object_or_404(pdfs, submission__application=application, submission__version=version)
    language = get_language()
    content = give_application(pdf, language, at=request.received_at)
    response = _pdf(content, filename(pdf.submission, language))
    response.headers["ETag"] = f'"{pdf.sha256}-{language}"'
    return response


@login_required
@require_safe
@cache_control(private=True, max_age=0)
def receipt_pdf(request: HttpRequest, public_id: UUID, version: int) -> HttpResponse:
    """The receipt of one version as a PDF, in the reader's language; there at once."""
    application = load(request, public_id, VIEW)
    rows = Submission.objects.select_related("application")
    submission = get_object_or_404(rows, application=application, version=version)
    language = get_language()
    content = give_receipt(submission, language, at=request.received_at)
    return _pdf(content, receipt_filename(submission, language))


def _pdf(content: bytes, name: str) -> HttpResponse:
    named = content_disposition_header(as_attachment=False, filename=name)
    headers = {"Content-Disposition": named}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _latest(submissions: Sequence[Submission]) -> list[Submission]:
    """The newest version of each application, in the order of their numbers."""
    newest = {row.application_id: row for row in reversed(submissions)}
    return sorted(newest.values(), key=lambda row: row.application_id)


def _submissions(request: HttpRequest, application: Application) -> list[Submission]:
    """Every version of the application and of what goes with it, the latest first."""
    visible = Application.objects.visible_to(request.user).filter(pk__in=family(application))
    pdfs = SubmissionPdf.objects.filter(submission=OuterRef("pk"))
    rows = Submission.objects.filter(application__in=visible).annotate(has_pdf=Exists(pdfs))
    return list(rows.select_related("application", "by").order_by("-version", "application_id"))
