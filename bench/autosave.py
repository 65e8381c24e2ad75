"""What one pause in writing sends, beside the least that could be done with it."""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from applications import actions
from applications.models import Answer
from bench.scene import Scene
from icld_portal import clock

NAME, BARE_NAME = "application_answer", "bare_row"
PLACE = {"question_key": "objective", "language": "sv"}
OTHER_PLACE = {"question_key": "objective", "language": "en"}
TEXT = "Unga ska kunna påverka besluten om klimatet i sin kommun. " * 25
"""About as much as an answer has: 1 400 characters."""


def begin(found: Scene, place: dict) -> Answer:
    """An answer that is written on."""
    return actions.save_answer(
        found.application,
        **place,
        text=TEXT,
        version=0,
        by=found.coordinator,
        at=clock.now(),
    )


def bodies() -> Iterator[bytes]:
    """Each writes a little more, from the version before."""
    for version in count(1):
        yield urlencode({"text": f"{TEXT} {version}", "version": version}).encode()


@login_required
def bare_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The least a view can do that writes what somebody has typed."""
    Answer.objects.filter(pk=pk).update(text=request.POST["text"])
    return HttpResponse("saved")
