"""What watches over a request: its failure is noted, and no wrong clock judges it."""

import sys

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

from icld_portal.models import Cause
from icld_portal.watch import clocks, spool

SUBMITS = {"application_submit", "application_late"}
"""Names of the addresses by which an application is handed in."""

SAVES = {
    "application_answer",
    "application_row",
    "budget_live",
    "application_budget",
    "attachment_begin",
    "attachment_upload",
    "comment_thread",
}
"""Names of the addresses by which what is being written is saved. A test asserts that each name is
in use."""

RETRY_AFTER = 30
"""Seconds after which whoever was turned away may try again."""

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_CONNECTION_LOST = ("08", "53", "57P")
"""PostgreSQL's classes of errors: no connection, no room for one, shut down."""


def noted(get_response):
    """Note what the database's being down has stopped, and every submission and save that ended in
    an error of ours. The outermost of all: what stands around a request can fail too."""

    def middleware(request):
        response = get_response(request)
        if response.status_code >= 500:
            _note(request)
        return response

    return middleware


def judged_by_a_right_clock(get_response):
    """While this process's clock is known to be wrong, nothing is received: who was in time would
    be judged by it. Pages can still be read."""

    def middleware(request):
        if request.method in _SAFE or not clocks.memory.is_known_wrong():
            return get_response(request)
        spool.note(Cause.WEB)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        add_never_cache_headers(response)
        return response

    return middleware


def has_lost_the_database(error: BaseException | None) -> bool:
    """Whether an error says that the database is out of reach, and not that it refused something
    (a deadlock, a statement that took too long)."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code.startswith(_CONNECTION_LOST)


@receiver(got_request_exception)
def _remember(request=None, **_kwargs) -> None:
    """Django makes a page of the error before any middleware sees it."""
    if request is not None:
        request.failed_by = sys.exception()


def _note(request) -> None:
    name = "" if request.method in _SAFE else _name_of(request)
    if has_lost_the_database(getattr(request, "failed_by", None)):
        spool.note(Cause.DATABASE, is_submission=name in SUBMITS)
    elif name in SUBMITS | SAVES:
        spool.note(Cause.WEB, is_submission=name in SUBMITS)


def _name_of(request) -> str:
    """Asked anew: a request that failed early has not been given its view."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
