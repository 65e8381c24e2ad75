"""What could not be served, noted in a file: the database may be what is down.

One line a note, in a file beside the attachments, which web and worker share. Nothing in it is
about anybody. The next tick sets the file aside, counts it and drops it.
"""

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.conf import settings

from icld_portal import clock
from icld_portal.models import Cause
from icld_portal.watch import clocks

logger = logging.getLogger(__name__)

QUIET = 5
"""Seconds in which a process notes the same cause once. Failed submissions are all noted."""

_NAME, _SET_ASIDE = "could-not-serve", "could-not-serve-*"
_noted: dict[str, float] = {}


@dataclass(frozen=True)
class Note:
    """Something failed at a moment of real time."""

    at: datetime
    cause: Cause
    is_submission: bool = False


def note(cause: Cause, *, is_submission: bool = False) -> None:
    """Write down that something failed just now. Never raises: whoever notes has enough trouble."""
    if not is_submission and monotonic() - _noted.get(cause, -QUIET) < QUIET:
        return
    _noted[cause] = monotonic()
    # A line break in front too: a line that was cut by a full disk must not spoil the next.
    line = f"\n{clocks.memory.true_now().isoformat()} {cause.value} {int(is_submission)}\n"
    try:
        with _locked() as folder:
            _append(folder / _NAME, line.encode())
    except OSError:
        logger.exception("could not note that something failed: %s", cause)


def set_aside() -> list[str]:
    """Put what has been noted under a name of its own. Gives the names of all that is set aside,
    with what an earlier tick has left."""
    with _locked() as folder:
        if (folder / _NAME).exists():
            (folder / _NAME).rename(folder / f"{_NAME}-{secrets.token_hex(8)}")
        return sorted(path.name for path in folder.glob(_SET_ASIDE))


def read(name: str) -> list[Note]:
    """The notes in a file that has been set aside; what is no note is logged and left out."""
    lines = (_folder() / name).read_text(errors="replace").split("\n")
    return [found for line in lines if line and (found := _parsed(line))]


def drop(name: str) -> None:
    """Delete a file that has been counted. Missing is as good."""
    (_folder() / name).unlink(missing_ok=True)


def _parsed(line: str) -> Note | None:
    try:
        at, cause, is_submission = line.split(" ")
        moment = datetime.fromisoformat(at).astimezone(clock.STOCKHOLM)
        return Note(moment, Cause(cause), bool(int(is_submission)))
    except ValueError:
        logger.warning("no note of a failure: %r", line[:100])
        return None


def _append(path: Path, line: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, line)
    finally:
        os.close(file)


@contextmanager
def _locked() -> Iterator[Path]:
    """The folder, held against the other processes: nobody writes to a file that is being read."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(held)


def _folder() -> Path:
    return Path(settings.ATTACHMENTS_ROOT)
