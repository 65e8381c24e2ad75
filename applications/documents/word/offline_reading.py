"""A filled-in form as its marks tell: which text answers what, and what nobody recognised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from applications.documents.word.reading import Block, Paragraph, Table, read_word
from applications.offline_marks import (
    ANSWER,
    FORM,
    NOTE,
    ROW,
    TABLE,
    Mark,
    marks_in,
    without_marks,
)
from applications.refusals import NotTheForm, WordFileTooLong
from applications.texts.typed import LONGEST

LONGEST_FILE = 2_000_000
"""Characters in all: what is shown before it is saved has to be posted back."""


@dataclass(frozen=True)
class ReadText:
    """`version`: of the saved text that the box was filled in with, 0 for none; None unknown."""

    key: str
    language: str
    version: int | None
    text: str


@dataclass(frozen=True)
class ReadRow:
    """`number`: as the first column says. `key`: the beginning of a saved row's key; empty for a
    row that was added in the file."""

    number: int
    key: str
    version: int
    cells: Sequence[str]


@dataclass(frozen=True)
class ReadTable:
    key: str
    headings: Sequence[str]
    rows: Sequence[ReadRow]


@dataclass(frozen=True)
class ReadNote:
    key: str
    text: str


@dataclass
class ReadForm:
    """`loose`: texts that stand in no box. `phase`, `number` and `application` are what the file
    says of itself, empty where it does not. `taken`: the boxes that have been met, by their key and
    language; what stands in a second one of the same is loose."""

    phase: str = ""
    number: int | None = None
    application: str = ""
    texts: list[ReadText] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    taken: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def length(self) -> int:
        """Characters of everything that was read."""
        rows = (cell for table in self.tables for row in table.rows for cell in row.cells)
        notes = (each.text for each in self.notes)
        return sum(map(len, (*(each.text for each in self.texts), *rows, *notes, *self.loose)))


def read_form(file: BinaryIO, name: str) -> ReadForm:
    """Raises `NotTheForm` for a Word file of something else, and what `read_word` raises."""
    found = ReadForm()
    for block in read_word(file, name):
        _take(block, found)
    if not (found.texts or found.tables or found.notes):
        raise NotTheForm(name=name)
    if found.length > LONGEST_FILE or any(len(each.text) > LONGEST for each in found.texts):
        raise WordFileTooLong(name=name, limit=LONGEST)
    return found


def tidy(text: str) -> str:
    """A text without the empty lines around it and the spaces at the ends of its lines: nobody sees
    them, and word processors add and drop them."""
    lines = [line.rstrip() for line in text.split("\n")]
    filled = [place for place, line in enumerate(lines) if line]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def _take(block: Block, found: ReadForm) -> None:
    if isinstance(block, Paragraph):
        _take_paragraph(block, found)
        return
    mark = _mark_of(block)
    if mark is None:
        found.loose += _told(block.rows)
    elif mark.kind == ANSWER:
        _take_answer(block, mark, found)
    elif mark.kind == TABLE:
        _take_table(block, mark, found)
    elif text := tidy(_under(block)):
        found.notes.append(ReadNote(mark.part(0), text))
    else:
        found.notes.append(ReadNote(mark.part(0), ""))


def _take_paragraph(block: Paragraph, found: ReadForm) -> None:
    """The paragraph that names the form is the form's own, whatever round it told of."""
    own = next((mark for mark in marks_in(block.text) if mark.kind == FORM), None)
    if own is None:
        if text := without_marks(block.text).strip():
            found.loose.append(text)
    elif not found.phase:
        found.phase, found.number, found.application = own.part(0), own.number(1), own.part(2)


def _take_answer(block: Table, mark: Mark, found: ReadForm) -> None:
    text = ReadText(mark.part(0), mark.part(1), mark.number(2), tidy(_under(block)))
    if (text.key, text.language) in found.taken:
        found.loose += _told(block.rows[1:])
    else:
        found.taken.add((text.key, text.language))
        found.texts.append(text)


def _take_table(block: Table, mark: Mark, found: ReadForm) -> None:
    if (mark.part(0),) in found.taken:
        found.loose += _told(block.rows[1:])
        return
    found.taken.add((mark.part(0),))
    heads, *others = block.rows
    rows: list[ReadRow] = []
    seen: set[str] = set()
    for place, (first, *cells) in enumerate(filter(None, others), start=1):
        row = _row(place, first, [tidy(cell) for cell in cells], seen)
        if row.key or any(row.cells):
            seen.add(row.key)
            rows.append(row)
    headings = [cell.split("\n")[0].strip() for cell in heads[1:]]
    found.tables.append(ReadTable(mark.part(0), headings, rows))


def _row(place: int, first: str, cells: Sequence[str], seen: set[str]) -> ReadRow:
    """A row that was copied within the file has its original's mark: the second one is new."""
    own = next((each for each in marks_in(first) if each.kind == ROW), None)
    said = without_marks(first).strip()
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else place
    if own is None or own.part(0) in seen:
        return ReadRow(number, "", 0, cells)
    return ReadRow(number, own.part(0), own.number(1) or 0, cells)


def _mark_of(table: Table) -> Mark | None:
    """By the small print of the first row; else by the description, which fewer programs keep."""
    first = " ".join(table.rows[0]) if table.rows else ""
    marks = marks_in(first) + marks_in(table.description)
    return next((each for each in marks if each.kind in {ANSWER, TABLE, NOTE}), None)


def _under(table: Table) -> str:
    """What stands in the box, also where somebody divided it into more rows or columns."""
    return "\n".join("\t".join(row) for row in table.rows[1:])


def _told(rows: Iterable[Sequence[str]]) -> list[str]:
    texts = [without_marks("\n".join(filter(str.strip, row))).strip() for row in rows]
    return list(filter(None, texts))
