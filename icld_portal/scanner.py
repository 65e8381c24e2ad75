"""Asking a virus scanner (clamd) about a file, over its INSTREAM protocol.

A client of our own: the packages that speak it have not been kept up since 2017, and what is
needed of it is one command.
"""

import hashlib
import socket
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from icld_portal.files import blocks

PATIENCE = 150
"""Seconds that the scanner may be silent; clamd itself gives a file up after 120."""


class NoVerdict(Exception):
    """The scanner could not look at the file, took too long or broke off."""


class ScannerDown(NoVerdict):
    """The scanner cannot be reached."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner found (a name, or empty), in a file with this SHA-256."""

    finding: str
    sha256: str


def is_set() -> bool:
    return bool(settings.CLAMD_URL)


def scan(file: BinaryIO) -> Verdict:
    """Send an open file and wait for the answer. Raises `NoVerdict` and `ScannerDown`."""
    digest = hashlib.sha256()
    try:
        connection = _connect(settings.CLAMD_URL)
    except OSError as error:
        raise ScannerDown(str(error)) from error
    try:
        with closing(connection):
            connection.sendall(b"zINSTREAM\0")
            for block in blocks(file):
                digest.update(block)
                connection.sendall(len(block).to_bytes(4, "big") + block)
            connection.sendall(bytes(4))
            answer = _answer(connection)
    except OSError as error:  # this file takes too long, or is one too many for it
        raise NoVerdict(str(error)) from error
    return Verdict(_finding(answer), digest.hexdigest())


def _connect(url: str) -> socket.socket:
    """tcp://host:port, or the path of a socket (with unix:// before it or without)."""
    parts = urlsplit(url)
    if parts.scheme in {"", "unix"}:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)


def _answer(connection: socket.socket) -> str:
    """Everything up to the zero byte that ends the answer."""
    answer = b""
    while not answer.endswith(b"\0") and (more := connection.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _finding(answer: str) -> str:
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise NoVerdict(answer) if answer else ScannerDown("no answer")
