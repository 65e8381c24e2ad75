"""Open data: the rounds as a calendar and as JSON. The same for whoever asks."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from accounts.states import Language
from applications.documents.round_calendar import KEPT, calendar
from applications.documents.round_data import feed
from applications.documents.round_list import ToldRound, rounds_told
from icld_portal import clock

FRESH = 60
"""Seconds a copy may be shown without asking: an extension on the last evening is news."""


def for_anybody(view: Callable) -> Callable:
    """Neither depends on a cookie nor sets one, whoever asks, so that anybody may keep a copy."""

    @wraps(view)
    def read_without_cookies(request: HttpRequest) -> HttpResponse:
        response = view(request)
        # On the way in it was asked who is logged in and which language they speak.
        request.session.accessed = False
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = request.LANGUAGE_CODE
        return response

    return read_without_cookies


@require_safe
@for_anybody
def rounds_ics(request: HttpRequest) -> HttpResponse:
    """Coming and open rounds and those of the last year; `?lang=en` for English."""
    asked = request.GET.get("lang")
    language = asked if asked in Language.values else Language.SWEDISH.value
    told = rounds_told(clock.now(), since=clock.now() - KEPT)
    with translation.override(language):
        body = calendar(told)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="icld-omgangar.ics"'
    response.headers["Content-Language"] = language
    return _kept(request, response, told, body)


@require_safe
@for_anybody
def rounds_json(request: HttpRequest) -> HttpResponse:
    """Every round; see `applications.documents.round_data.KEYS`."""
    at = clock.now()
    told = rounds_told(at)
    data = feed(told, at)
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json"
    )
    response.headers["Content-Language"] = ", ".join(Language.values)
    answer = _kept(request, response, told, json.dumps(data["rounds"]).encode())
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _kept(
    request: HttpRequest, response: HttpResponse, told: list[ToldRound], content: bytes
) -> HttpResponse:
    """With what a copy is judged by: 304 when `content` is as it was.

    Only the tag decides. A round also opens and closes, and a form is published, without the
    round's being changed, so that its own last change alone would hold old copies for new.
    """
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    if told:
        response.headers["Last-Modified"] = http_date(_last_change(told).timestamp())
    return get_conditional_response(request, etag=etag, response=response)


def _last_change(told: list[ToldRound]) -> datetime:
    return max(each.changed_at for each in told)
