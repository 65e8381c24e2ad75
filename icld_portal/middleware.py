"""What surrounds every request: when it arrived, which clock it sees, which language it speaks."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpResponseBadRequest, RawPostDataException, UnreadablePostError
from django.utils import translation

from icld_portal import clock
from icld_portal.demo.clock import current_offset
from icld_portal.proxies import CLAIMS

PROXY_BOUND = timedelta(seconds=120)
"""How far back a trusted proxy's stamp may reach (DESIGN section 3)."""

YEAR = 365 * 24 * 60 * 60
"""How long the language is remembered, in seconds."""

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
"""Methods that change nothing."""

_STAMP = re.compile(r"^(?:t=)?(\d{10})(?:\.?(\d{3}))?\d*$")


def arrival(header: str | None, real_now: datetime) -> datetime | None:
    """When the request had reached the front door.

    `header` is the trusted proxy's X-Request-Start (seconds, `t=seconds.millis` or milliseconds
    since 1970). What is in the future or older than the bound is cut to the bound; None when it
    says nothing that can be read.
    """
    match = _STAMP.match(header or "")
    if not match:
        return None
    seconds, millis = match.groups()
    stamp = datetime.fromtimestamp(int(seconds), UTC) + timedelta(milliseconds=int(millis or 0))
    return max(min(stamp, real_now), real_now - PROXY_BOUND)


class ReceivedAt:
    """Stamp `request.received_at` in case time: the moment the whole request had arrived.

    The trusted proxy holds a request back until it is whole and says when that was. Without its
    word a request that may change something is read to its end before it is stamped, so that one
    begun before a close and finished after it is out. What others claim that only a proxy may say
    is taken away before anybody reads it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get("REMOTE_ADDR", "") not in settings.TRUSTED_PROXIES:
            for claim in CLAIMS:
                request.META.pop(claim, None)
            vars(request).pop("headers", None)  # a copy, if somebody has asked before
        now = clock.real_now()
        stamp = arrival(request.META.get("HTTP_X_REQUEST_START"), now)
        request.body_awaited = stamp is None and request.method not in SAFE
        request._stream = Whole(request._stream, partial(_has_come, request))  # no other way in
        with clock.offset(current_offset()):
            request.received_at = clock.shifted(stamp or now)
            return self.get_response(request)

    def process_view(self, request, view, _arguments, _options):
        """Here, and not before: what is wrong with a body is told as of every other page. A view
        that lays the way of its own files (`csrf_exempt`) reads the body itself."""
        if request.body_awaited and not getattr(view, "csrf_exempt", False):
            try:
                read_whole(request)
            except UnreadablePostError:
                return HttpResponseBadRequest()  # the visitor has left in the middle of it
        return None


def read_whole(request) -> None:
    """Read the body to its end, as the view will find it. Raises what reading it there would."""
    _fields = request.POST
    with suppress(RawPostDataException):  # a form with files has been read in pieces
        _body = request.body


def _has_come(request) -> None:
    if request.body_awaited:
        request.received_at = clock.now()


class Whole(LimitedStream):
    """A body that tells when it has been read to its end. One that ends before its time is an
    error, and never a shorter body."""

    def __init__(self, stream: LimitedStream, at_end: Callable[[], None]) -> None:
        super().__init__(stream, stream.limit)
        self.at_end = at_end

    def read(self, size=-1, /):
        left = self.limit - self._pos
        piece = super().read(size)
        if len(piece) < (left if size is None or size < 0 else min(size, left)):
            raise OSError("the request ended early")
        if left and len(piece) == left:
            self.at_end()
        return piece


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
