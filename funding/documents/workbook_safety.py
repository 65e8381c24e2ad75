"""What an uploaded file is, by its content and not its name, before anybody unpacks it."""

from io import BytesIO
from zipfile import ZipFile

from funding.sheet_refusals import (
    FileTooLarge,
    LockedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    UnpacksTooLarge,
    WorkbookWithMacros,
)

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_UNPACKED_BYTES = 20 * MEGABYTE
MAX_RATIO = 250  # a sheet of empty rows with borders packs to a hundredth; a bomb to a thousandth
MAX_ENTRIES = 500
MAX_TAGS = 100_000  # 500 rows of 20 cells have 40 000; reading this many takes seconds
MAX_STYLE_TAGS = 20_000  # far dearer to read than cells

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTENTS = "[Content_Types].xml"


def ensure_safe(data: bytes) -> None:
    """Raises what the file is instead of a workbook that can be opened safely.

    A declared size that is too small is no way around: unpacking stops at it.
    """
    if len(data) > MAX_BYTES:
        raise FileTooLarge(limit_megabytes=MAX_BYTES // MEGABYTE)
    if data.startswith(_OLE):
        raise LockedWorkbook() if _ENCRYPTED in data else OldWorkbook()
    if not data.startswith(_ZIP):
        raise NotAWorkbook()
    with ZipFile(BytesIO(data)) as packed:
        _ensure_small(packed, len(data))
        _ensure_workbook(packed)
        _ensure_quick(packed)


def _ensure_small(packed: ZipFile, packed_bytes: int) -> None:
    entries = packed.infolist()
    unpacked_bytes = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked_bytes > MAX_UNPACKED_BYTES
        or (unpacked_bytes > MEGABYTE and unpacked_bytes > MAX_RATIO * packed_bytes)
    ):
        raise UnpacksTooLarge()


def _ensure_workbook(packed: ZipFile) -> None:
    names = packed.namelist()
    if _CONTENTS not in names:
        raise NotAWorkbook()
    contents = packed.read(_CONTENTS)
    if b"macroEnabled" in contents or any(name.endswith("vbaProject.bin") for name in names):
        raise WorkbookWithMacros()
    if b"spreadsheetml" not in contents:
        raise NotAWorkbook()


def _ensure_quick(packed: ZipFile) -> None:
    """Reading costs by the number of XML tags, wherever in the file they stand."""
    tags = {entry.filename: packed.read(entry).count(b"<") for entry in packed.infolist()}
    if sum(tags.values()) > MAX_TAGS or tags.get("xl/styles.xml", 0) > MAX_STYLE_TAGS:
        raise UnpacksTooLarge()
