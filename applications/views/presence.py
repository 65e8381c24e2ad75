"""Who is here: each open page of an application tells where it is, and hears of the others."""

import re
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from applications.documents.people import people_at
from applications.documents.presence import (
    Here,
    Place,
    arrive,
    in_other_tabs,
    leave,
    others_here,
)
from applications.models import Application
from applications.rules import TOGETHER
from applications.views.sections import sections_of
from icld_portal import clock

KEY = re.compile(r"[-a-zA-Z0-9_]{1,50}")


@require_POST
@never_cache
def here(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say where a `tab` is (`section`, and `question` while one writes in it) or that it is closed
    (`left`); answers with the others, with how far the application and its comments have come, so
    that the page can tell that something is new. 401 when logged out: a redirect would look like
    an answer.

    Every ten seconds from every open page, so it reads no more than it must, and writes nothing to
    the database.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    application = _load(request, public_id)
    tab, at = _key(request, "tab"), clock.real_now()
    if "left" in request.POST:
        leave(application, request.user, tab, at)
        return HttpResponse(status=204)
    sections = {each.key: each.label for each in sections_of(application)}
    section = _key(request, "section")
    place = Place(section if section in sections else "", _key(request, "question"))
    arrive(application, request.user, tab, place, at)
    others = others_here(application, people_at(application), request.user, at)
    return JsonResponse(
        {
            "others": [_told(each, sections) for each in others],
            "revision": application.revision,
            "comments": {
                row["question"]: [row["comments"], row["open"]]
                for row in application.comment_counts
            },
            "elsewhere": in_other_tabs(application, request.user, tab, at),
        }
    )


def _load(request: HttpRequest, public_id: UUID) -> Application:
    visible = Application.objects.visible_to(request.user)
    rows = visible.with_parties().with_sections().with_people().with_comment_counts()
    application = rows.filter(public_id=public_id).first()
    if application is None:
        raise Http404
    if not request.user.has_perm(TOGETHER, application):
        raise PermissionDenied
    return application


def _key(request: HttpRequest, name: str) -> str:
    """A posted key; anything else counts as none."""
    text = request.POST.get(name, "")
    return text if KEY.fullmatch(text) else ""


def _told(here: Here, sections: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": here.person.pk,
        "name": here.person.name,
        "organisation": here.person.organisation,
        "section": here.place.section,
        "where": sections.get(here.place.section, ""),
        "question": here.place.question,
        "since": here.since.isoformat(timespec="seconds"),
    }
