"""Questions that ICLD has answered for everybody: no log-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.documents.published import chapters
from applications.models import PublishedAnswer
from applications.rules import PUBLISH
from applications.texts.searching import stems
from funding.states import Phase

LONGEST = 200
"""Characters of a search that are read."""


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """By phase and question of the form; `?q=` and `?fas=` narrow them down."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    phase = request.GET.get("fas", "")
    rows = PublishedAnswer.objects.shown().saying(stems(text))
    if phase in Phase.values:
        rows = rows.of_phase(phase)
    found = chapters(rows, _("Every phase"))
    page = {
        "chapters": found,
        "count": sum(len(group.answers) for each in found for group in each.groups),
        "text": text,
        "phase": phase,
        "phases": Phase.choices,
        "narrowed": bool(text.strip() or phase),
        "may_publish": request.user.has_perm(PUBLISH),
    }
    return render(request, "applications/published.html", page)
