"""An uploaded workbook as rows of texts, the same as if they had been copied from it."""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from funding.columns import letter
from funding.documents.workbook import CHOICES, SHEET
from funding.documents.workbook_safety import ensure_safe
from funding.pasting import MAX_COLUMNS, MAX_ROWS, Row, cell_text, trimmed
from funding.sheet_refusals import NoVisibleSheet, TooManyRows, UnreadableWorkbook
from icld_portal.refusals import Refusal

LAST_ROW = 10_000  # a heading may stand far down, a budget not
LONGEST_CELL = 1_000  # five times what a line has room for, and that is said then
_BREAKS = re.compile("_x000[dD]_")
_ESCAPED = re.compile("_x005[fF]_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class UnsavedFormula:
    """A cell whose formula was saved without its value; `place` is the column, from 0."""

    row: int
    place: int
    formula: str

    def text(self) -> str:
        return _(
            "Cell %(cell)s has the formula %(formula)s without a saved value. Open the file in "
            "your spreadsheet program and save it, or write the value instead."
        ) % {"cell": f"{letter(self.place)}{self.row}", "formula": self.formula}


@dataclass(frozen=True)
class ReadSheet:
    """`notes`: what was passed over, in the active language."""

    rows: Sequence[Row]
    unsaved: Sequence[UnsavedFormula] = ()
    notes: Sequence[str] = ()

    @property
    def broken(self) -> dict[tuple[int, int], str]:
        """What is wrong with cells before anybody asks what they mean, by row and column."""
        return {(cell.row, cell.place): cell.text() for cell in self.unsaved}


def read_workbook(data: bytes) -> ReadSheet:
    """The rows of the sheet called Budget, else of the first one that is shown.

    Formulas count by their saved values. Raises a refusal of `funding.sheet_refusals`, whatever
    the bytes are.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of drawings and styles it leaves out
            ensure_safe(data)
            return _read(data)
    except Refusal:
        raise
    except Exception as error:  # broken files end in any error of openpyxl, zipfile or the parsers
        raise UnreadableWorkbook() from error


def _read(data: bytes) -> ReadSheet:
    values, formulas = _open(data, data_only=True), _open(data, data_only=False)
    name, notes = _chosen(values)
    rows: list[Row] = []
    unsaved: list[UnsavedFormula] = []
    pairs = zip(_cells(values, name), _cells(formulas, name), strict=True)
    for number, (saved, written) in enumerate(pairs, start=1):
        texts = [text_of(cell.value) for cell in saved]
        for place, cell in enumerate(written):
            if cell.data_type == "f" and not texts[place]:
                texts[place] = cell_text(_formula(cell.value))
                unsaved.append(UnsavedFormula(number, place, texts[place]))
        if any(texts):
            rows.append(Row(number, trimmed(texts)))
        if len(rows) > MAX_ROWS:
            raise TooManyRows(found=None, limit=MAX_ROWS)
    return ReadSheet(rows, unsaved, notes)


def _open(data: bytes, *, data_only: bool) -> Workbook:
    return load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)


def _chosen(book: Workbook) -> tuple[str, list[str]]:
    """The name of the sheet to read, and what to tell of the others."""
    sheets = [each for each in book.worksheets if each.title not in {CHOICES.sv, CHOICES.en}]
    shown = [sheet.title for sheet in sheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    if not shown:
        raise NoVisibleSheet()
    name = next((each for each in shown if each.casefold() == SHEET.casefold()), shown[0])
    others = [each for each in shown if each != name]
    notes = []
    if hidden:
        notes.append(_("Hidden sheets were not read: %(names)s.") % {"names": ", ".join(hidden)})
    if others:
        told = {"name": name, "names": ", ".join(others)}
        notes.append(_("Only the sheet %(name)s was read, not %(names)s.") % told)
    return name, notes


def _cells(book: Workbook, name: str) -> Iterator[Sequence]:
    """The rows up to the limits, however large the sheet says that it is."""
    sheet = book[name]
    sheet.reset_dimensions()
    return islice(sheet.iter_rows(max_col=MAX_COLUMNS), LAST_ROW)


def _formula(value: Any) -> str:
    return str(getattr(value, "text", value) or "=")


def text_of(value: Any) -> str:
    """A cell's value as a person would have typed it: 4800.0 is "4800", a day "2027-09-01"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return cell_text(_ESCAPED.sub("_", _BREAKS.sub(" ", str(value)[:LONGEST_CELL])))


def _number(value: int | float | Decimal) -> str:
    """Without the noise of binary fractions. Three decimals get a fourth, since "4.800" typed is
    four thousand eight hundred."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    text = f"{value:.6f}" if isinstance(value, float) else f"{value:f}"
    if "." not in text:
        return text
    text = text.rstrip("0").rstrip(".")
    return f"{text}0" if re.fullmatch(r".*\.[0-9]{3}", text) else text
