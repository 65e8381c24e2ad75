"""Names of files as people meet them: cleaned of tricks, kept otherwise."""

import re
import unicodedata

from applications.files.kinds import FileKind

MAX_LENGTH = 200


def clean_name(name: str) -> str:
    """The last part of a path on one line, without characters that hide or turn text.

    Right-to-left overrides and other invisible signs can make "gpj.exe" read as "exe.jpg". A name
    that is too long loses from its middle, never its extension.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if char.isspace() else char for char in last)
    shown = "".join(char for char in shown if unicodedata.category(char)[0] != "C")
    shown = " ".join(shown.split()).strip(" .")
    stem, extension = split(shown)
    return stem[: MAX_LENGTH - len(extension)].rstrip() + extension if shown else "fil"


def with_extension(name: str, kind: FileKind) -> str:
    """The name with an extension that fits what the file is; "foto.png" that is a JPEG becomes
    "foto.jpg"."""
    stem, extension = split(name)
    if extension.lower() in kind.extensions:
        return name
    right = kind.extensions[0]
    return stem[: MAX_LENGTH - len(right)] + right


def split(name: str) -> tuple[str, str]:
    """Stem and extension. A dot and digits, as in "§ 12.3", are no extension."""
    match = re.fullmatch(r"(.+)(\.[A-Za-z][A-Za-z0-9]{1,9})", name)
    return (match[1], match[2]) if match else (name, "")
