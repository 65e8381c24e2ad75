"""The words of a PDF that the portal made, without a program beside Python."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO

import pikepdf

CODE = 4
"""Hexadecimal digits of one glyph in our fonts."""


def text_of(pdf: bytes) -> str:
    """What a person reads, in the order of the pages, with single spaces."""
    with pikepdf.open(BytesIO(pdf)) as document:
        words = " ".join(line for page in document.pages for line in _lines(page))
    return " ".join(words.split())


def _lines(page: pikepdf.Page) -> Iterable[str]:
    fonts = {name: _alphabet(font) for name, font in page.Resources.Font.items()}
    alphabet: Mapping[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                alphabet = fonts[str(operands[0])]
            case "Tj":
                yield _read(bytes(operands[0]), alphabet)
            case "TJ":
                strings = [part for part in operands[0] if isinstance(part, pikepdf.String)]
                yield _read(b"".join(map(bytes, strings)), alphabet)


def _read(codes: bytes, alphabet: Mapping[str, str]) -> str:
    shown = codes.hex()
    return "".join(alphabet[shown[at : at + CODE]] for at in range(0, len(shown), CODE))


def _alphabet(font: pikepdf.Object) -> dict[str, str]:
    """The text of each glyph, from the font's own table."""
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<((?:[0-9a-fA-F]{4})+)>", table)
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
