"""Two versions of an application beside each other, by what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.documents.compared_versions import compared
from applications.documents.shown import shown
from applications.models import Application, Submission
from applications.rules import is_member_of_a_party
from applications.views.headings import heading_of
from applications.views.loading import load

DRAFT = "utkast"


@dataclass(frozen=True)
class Choice:
    """A version one can compare. `key` is its number, or `DRAFT`."""

    key: str
    submission: Submission | None
    content: Mapping[str, Any]


@login_required
@require_safe
def differences(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Without being asked: the newest against the one before. 404 where nothing was handed in."""
    application = load(request, public_id)
    choices = _choices(request, application)
    if not choices:
        raise Http404
    older = choices[1] if len(choices) > 1 else choices[0]
    before = _chosen(choices, request.GET.get("fran"), older)
    after = _chosen(choices, request.GET.get("till"), choices[0])
    page = {
        "application": application,
        "heading": heading_of(after.content, application.title),
        "choices": choices,
        "before": before,
        "after": after,
        "differences": compared(before.content, after.content),
    }
    return render(request, "applications/differences_page.html", page)


def _choices(request: HttpRequest, application: Application) -> list[Choice]:
    """The newest first; for the parties the draft before all, when it has been changed since."""
    submissions = list(application.submissions.order_by("-version"))
    found = [Choice(str(row.version), row, row.data) for row in submissions]
    changed = application.revision != application.latest_revision
    if found and changed and is_member_of_a_party(request.user, application):
        found.insert(0, Choice(DRAFT, None, shown(application, lives=True).content))
    return found


def _chosen(choices: Sequence[Choice], key: str | None, otherwise: Choice) -> Choice:
    return next((each for each in choices if each.key == key), otherwise)
