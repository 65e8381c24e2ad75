"""The log of attempts to submit, for those who may see the application."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.documents.attempts import Attempt, attempts_of
from applications.views.attempt_texts import why_refused
from applications.views.loading import load


@dataclass(frozen=True)
class Told:
    """An attempt, and why it was refused, in the active language."""

    attempt: Attempt
    reason: str


@login_required
@require_safe
def attempts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = load(request, public_id)
    rows = attempts_of(application, request.user)
    page = {
        "application": application,
        "attempts": [Told(row, _reason(row)) for row in rows],
        "is_registered": any(row.registered for row in rows),
    }
    return render(request, "applications/attempts.html", page)


def _reason(attempt: Attempt) -> str:
    return why_refused(attempt.code, attempt.figures) if attempt.code else ""
