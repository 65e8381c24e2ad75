"""What surrounds every request: when it arrived, which clock it sees, which language it speaks."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import translation

from icld_portal import clock
from icld_portal.demo.clock import current_offset

PROXY_BOUND = timedelta(seconds=120)
"""How far back a trusted proxy's stamp may reach (DESIGN section 3)."""

YEAR = 365 * 24 * 60 * 60
"""How long the language is remembered, in seconds."""

_STAMP = re.compile(r"^(?:t=)?(\d{10})(?:\.?(\d{3}))?\d*$")


def arrival(header: str | None, real_now: datetime) -> datetime:
    """When the request had reached the front door.

    `header` is the trusted proxy's X-Request-Start (seconds, `t=seconds.millis` or milliseconds
    since 1970). Anything unreadable, in the future or older than the bound is cut to the bound.
    """
    match = _STAMP.match(header or "")
    if not match:
        return real_now
    seconds, millis = match.groups()
    stamp = datetime.fromtimestamp(int(seconds), UTC) + timedelta(milliseconds=int(millis or 0))
    return max(min(stamp, real_now), real_now - PROXY_BOUND)


def received_at(get_response):
    """Stamp `request.received_at` in case time, before anything else runs."""

    def middleware(request):
        header = request.headers.get("X-Request-Start") if settings.TRUSTED_PROXY else None
        stamp = arrival(header, clock.real_now())
        with clock.offset(current_offset()):
            request.received_at = clock.shifted(stamp)
            return get_response(request)

    return middleware


def language(get_response):
    """Speak the person's own language, else the cookie's, else Swedish.

    The browser remembers a person's language, so that the page on which one logs in again speaks
    it too.
    """

    def middleware(request):
        user = request.user
        chosen = user.language if user.is_authenticated else _cookie(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if user.is_authenticated and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != chosen:
            remember_language(response, user.language)
        return response

    return middleware


def remember_language(response, code: str) -> None:
    """Unless the page has just done so: whoever changes language knows better."""
    if settings.LANGUAGE_COOKIE_NAME not in response.cookies:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _cookie(request) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
