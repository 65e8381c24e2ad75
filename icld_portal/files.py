"""Files that are kept apart from everything a web server can reach.

A file lies under a random name below `ATTACHMENTS_ROOT`, readable for the portal's own user alone.
It is written in pieces under `coming/` and moved to `kept/` in one step, so that what is kept is
whole. Nothing here knows what the files are.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

MAX_SIZE = 20 * 1024 * 1024
"""The most bytes that a file may have."""

_NAME = re.compile(r"[0-9a-f]{48}")
_BLOCK = 256 * 1024


def new_name() -> str:
    """A name that nobody can guess and that says nothing."""
    return secrets.token_hex(24)


def coming(name: str) -> Path:
    """Where a file that is on its way lies."""
    return _root() / "coming" / _checked(name)


def kept(name: str, suffix: str = "") -> Path:
    """Where a kept file lies; with a suffix, what was made from it."""
    return _root() / "kept" / name[:2] / f"{_checked(name)}{suffix}"


def write_piece(name: str, offset: int, piece: bytes) -> None:
    """Write a piece at its place, with nothing behind it; on the disk when this returns."""
    path = coming(name)
    _make(path.parent)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(file, offset)
        os.pwrite(file, piece, offset)
        os.fsync(file)
    finally:
        os.close(file)


def arrived(name: str) -> Path:
    """Where a whole file lies: with those on their way, or kept by an attempt that broke off."""
    return coming(name) if coming(name).exists() else kept(name)


def keep(name: str) -> None:
    """Move a file that has come to those that are kept, in one step; once more does no harm."""
    source, target = coming(name), kept(name)
    if not source.exists() and target.exists():
        return
    _make(target.parent)
    source.replace(target)
    for folder in (source.parent, target.parent):
        _sync_folder(folder)


def keep_again(name: str) -> str:
    """The same kept file under a second name, which is given; each can be dropped by itself."""
    again = new_name()
    target = kept(again)
    _make(target.parent)
    target.hardlink_to(kept(name))
    os.utime(target)  # else it looks old, and like nobody's until its row is committed
    _sync_folder(target.parent)
    return again


def sha256_of(file: BinaryIO) -> str:
    """The SHA-256 of a whole open file, which is left at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    for block in blocks(file):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def drop(name: str) -> None:
    """Delete a file, on its way or kept, with what was made from it. Missing is as good."""
    coming(name).unlink(missing_ok=True)
    folder = kept(name).parent
    for path in folder.glob(f"{name}*"):
        path.unlink(missing_ok=True)


def older_than(age: timedelta, now: float) -> Iterator[str]:
    """Names of files, on their way or kept, that nobody has written to for so long.

    `now` is seconds since 1970 on the machine's own clock, which files are stamped by.
    """
    for path in _root().glob("*/**/*"):
        name = path.name.partition(".")[0]
        if _NAME.fullmatch(name) and path.stat().st_mtime < now - age.total_seconds():
            yield name


def _root() -> Path:
    return Path(settings.ATTACHMENTS_ROOT)


def _checked(name: str) -> str:
    """The name, which must be one of ours: it becomes part of a path."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a stored name: {name!r}")
    return name


def _make(folder: Path) -> None:
    """The folder and those above it up to the root, closed to others."""
    root = _root()
    for each in reversed([f for f in (folder, *folder.parents) if f == root or root in f.parents]):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
