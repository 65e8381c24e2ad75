"""The portal's own page, asked for as a visitor does: by its address, through whatever stands in
front."""

import errno
import json
import logging
import socket
import ssl
from http.client import HTTPException, InvalidURL
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from icld_portal.models import Cause

logger = logging.getLogger(__name__)

PATIENCE = 10
"""Seconds that a visitor would wait."""

_LONGEST = 100_000
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH}


def ask(address: str) -> set[Cause] | None:
    """What is wrong, as the portal's page of its health says; nothing: an empty set.

    None when the question cannot be put from here (no such name, no way there, a certificate that
    this machine does not know): that says nothing of what visitors meet.
    """
    try:
        return _told(_page(f"{address.rstrip('/')}/halsa/"))
    except (ValueError, InvalidURL) as error:
        logger.warning("the portal's address cannot be asked: %s", error)
        return None
    except URLError as error:
        return _unanswered(error.reason)
    except (OSError, HTTPException) as error:
        return _unanswered(error)


def _page(url: str) -> bytes:
    directly = build_opener(ProxyHandler({}))
    try:
        with directly.open(url, timeout=PATIENCE) as answer:
            return answer.read(_LONGEST)
    except HTTPError as refused:
        with refused:
            return refused.read(_LONGEST)


def _told(page: bytes) -> set[Cause]:
    """From the words of `icld_portal.health`; any other page is somebody else's."""
    try:
        said = json.loads(page)
    except ValueError:
        return {Cause.PAGE}
    if not isinstance(said, dict) or "database" not in said:
        return {Cause.PAGE}
    wrong = {
        Cause.DATABASE: said["database"] != "ok",
        Cause.WEB: str(said.get("clock")).startswith("off"),
        Cause.QUEUE: said.get("worker queue") == "down",
    }
    return {cause for cause, is_so in wrong.items() if is_so}


def _unanswered(reason: object) -> set[Cause] | None:
    cannot = isinstance(reason, socket.gaierror | ssl.SSLCertVerificationError)
    if cannot or getattr(reason, "errno", None) in _NO_WAY:
        logger.warning("the portal cannot ask for its own page from here: %s", reason)
        return None
    return {Cause.PAGE}
