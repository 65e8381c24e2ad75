"""Text copied from a spreadsheet: cells parted by tabs, rows by line breaks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funding.sheet_refusals import TooManyRows

MAX_ROWS = 500
MAX_COLUMNS = 40

# A quoted cell may hold line breaks and tabs. A quote that nothing closes before the next tab or
# line end is a quote like any other: it must not swallow the rows below.
_CELL = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*+)"(?=[\t\r\n]|\Z)|(?P<plain>[^\t\r\n]*))')
_BREAK = re.compile(r"\t|\r\n?|\n")
_NOT_TEXT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True)
class Row:
    """The cells of one row, without spaces around them; `number` counts from 1 as sheets do."""

    number: int
    cells: tuple[str, ...]


def pasted_rows(text: str) -> list[Row]:
    """The rows of a pasted text, empty ones left out but counted.

    Raises `TooManyRows` before anybody looks into them.
    """
    rows = _rows(text)
    filled = [row for row in rows if any(row.cells)]
    if len(filled) > MAX_ROWS:
        raise TooManyRows(found=len(filled), limit=MAX_ROWS)
    return filled


def as_text(rows: Iterable[Row]) -> str:
    """The rows as text to paste, each on the line of its number."""
    lines: list[str] = []
    for row in rows:
        lines += [""] * (row.number - 1 - len(lines))
        lines.append("\t".join(map(_quoted, row.cells)))
    return "\n".join(lines)


def cell_text(text: str) -> str:
    """A cell's text on one line, without what is no text."""
    return _NOT_TEXT.sub(" ", text).strip()


def trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells without the empty ones that end the row."""
    cells = list(cells[:MAX_COLUMNS])
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _rows(text: str) -> list[Row]:
    rows: list[Row] = []
    cells: list[str] = []
    place, end = 0, len(text)
    while True:
        cell = _CELL.match(text, place)
        cells.append(_unquoted(cell))
        place = cell.end()
        mark = _BREAK.match(text, place)
        if mark is None or mark[0] != "\t":
            rows.append(Row(len(rows) + 1, trimmed(cells)))
            cells = []
        if mark is None or (mark.end() == end and mark[0] != "\t"):
            return rows
        place = mark.end()


def _unquoted(cell: re.Match[str]) -> str:
    quoted = cell["quoted"]
    return cell_text(cell["plain"] if quoted is None else quoted.replace('""', '"'))


def _quoted(cell: str) -> str:
    """A cell that begins with a quote is quoted, so that it is read back as it was."""
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell
