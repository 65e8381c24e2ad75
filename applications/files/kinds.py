"""What a file is, judged by what is in it and never by its name.

Ours rather than a package's (`filetype`, `puremagic`): those look at the first bytes, where a Word
file is a ZIP and a macro file is a Word file. What matters here stands further in.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from applications import refusals
from applications.files.apart import run_apart
from applications.files.opening import LOCKED, READABLE

HEAD = 4096
MAX_UNPACKED = 300 * 1024 * 1024
"""What a document may come to when it is unpacked; twenty megabytes of real ones stay below."""
MAX_ENTRIES = 10_000
MAX_PART = 1024 * 1024
"""The parts read here are lists of a few kilobytes."""
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs pack; nothing else is unpacked here."""
PATIENCE = 20
"""Seconds that opening a PDF may take."""


@dataclass(frozen=True)
class FileKind:
    """A kind that is taken. The first extension is the one a name gets that has a wrong one."""

    content_type: str
    label: str
    extensions: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("application/pdf", "PDF", (".pdf",))
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", "Word", (".docx",))
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", "Excel", (".xlsx",))
ODT = FileKind("application/vnd.oasis.opendocument.text", "OpenDocument", (".odt",))
JPEG = FileKind("image/jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = FileKind("image/png", "PNG", (".png",))
WEBP = FileKind("image/webp", "WebP", (".webp",))
HEIC = FileKind("image/heic", "HEIC", (".heic", ".heif", ".hif"))

KINDS = (PDF, DOCX, XLSX, ODT, JPEG, PNG, WEBP, HEIC)
BY_TYPE = {kind.content_type: kind for kind in KINDS}

ACCEPT = ",".join(
    [
        *(kind.extensions[0] for kind in (PDF, DOCX, XLSX, ODT)),
        *(kind.content_type for kind in (JPEG, PNG, WEBP)),
    ]
)
"""What a browser offers to choose. HEIC is taken and not offered: then an iPhone sends a JPEG,
which everybody can open."""

_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
}
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"@echo",
    b"@ECHO",
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def judge(file: BinaryIO, name: str) -> FileKind:
    """The kind of an open file. Raises a `FileRefused` for one that is not taken.

    `name` is only for the words of the refusal. Nothing is unpacked or run; of a ZIP's parts the
    short list that says what it is is read, up to a megabyte.
    """
    head = _read(file, 0, HEAD)
    if not head:
        raise refusals.FileEmpty(name=name)
    if head.startswith(_PROGRAMS):
        raise refusals.FileIsProgram(name=name)
    if head.startswith(_OLD_OFFICE):
        raise refusals.FileIsOldOffice(name=name)
    if head.startswith(_ZIP):
        return _document(file, name)
    kind = _by_signature(head)
    if kind is None:
        raise refusals.FileKindUnknown(name=name)
    if _ends_as_zip(file):
        raise refusals.FileIsTwoThings(name=name)
    if kind is PDF:
        _ensure_readable(file, name)
    return kind


def _by_signature(head: bytes) -> FileKind | None:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \0").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and _brands(head) & set(_HEIC_BRANDS):
        return HEIC
    return None


def _brands(head: bytes) -> set[bytes]:
    """The kinds of picture that an ISO media file says it holds."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[place : place + 4] for place in range(16, length, 4))}


def _ends_as_zip(file: BinaryIO) -> bool:
    """Whether the end of the file is that of a ZIP: then it opens as something else as well."""
    size = file.seek(0, 2)
    tail = _read(file, max(0, size - 22 - 65_535), None)
    place = tail.rfind(_ZIP_END)
    while place >= 0:
        comment = int.from_bytes(tail[place + 20 : place + 22], "little")
        if len(tail) - place == 22 + comment:
            return True
        place = tail.rfind(_ZIP_END, 0, place)
    return False


def _ensure_readable(file: BinaryIO, name: str) -> None:
    """A PDF that opens without a password and has a page."""
    file.seek(0)
    found = run_apart("opening", patience=PATIENCE, file=file)
    if found == LOCKED:
        raise refusals.FileIsLocked(name=name)
    if found != READABLE:
        raise refusals.FileIsBroken(name=name)


def _document(file: BinaryIO, name: str) -> FileKind:
    """A ZIP that is an office document without macros or password."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _ensure_harmless(entries, name)
            kind = _office_kind(archive, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError):
        raise refusals.FileIsBroken(name=name) from None
    if kind is None:
        raise refusals.FileKindUnknown(name=name)
    return kind


def _ensure_harmless(entries: list[zipfile.ZipInfo], name: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusals.FileIsLocked(name=name)
    if any(entry.compress_type not in PACKED for entry in entries):
        raise refusals.FileIsBroken(name=name)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise refusals.FileUnpacksTooLarge(name=name)
    if any(_is_macro(entry.filename) for entry in entries):
        raise refusals.FileHasMacros(name=name)


def _is_macro(part: str) -> bool:
    return bool(
        re.search(r"(^|/)vba\w*\.(bin|xml)$|^(Basic|Scripts)/.*\.\w+$", part, re.IGNORECASE)
    )


def _office_kind(archive: zipfile.ZipFile, name: str) -> FileKind | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        types = _part(archive, "[Content_Types].xml")
        if b"macroenabled" in types.lower():
            raise refusals.FileHasMacros(name=name)
        return next((kind for mark, kind in _MAIN_PARTS.items() if mark in types), None)
    if "mimetype" in names and _part(archive, "mimetype").strip() == ODT.content_type.encode():
        if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise refusals.FileIsLocked(name=name)
        return ODT
    return None


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    """The beginning of one part; nothing where there is none."""
    try:
        with archive.open(part) as opened:
            return opened.read(MAX_PART)
    except (KeyError, zlib.error):
        return b""


def _read(file: BinaryIO, offset: int, count: int | None) -> bytes:
    file.seek(offset)
    return file.read(count if count is not None else -1)
