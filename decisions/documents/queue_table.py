"""The queue as a table to take out: an Excel workbook, or CSV as a Swedish Excel opens it."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from decisions.models import Case
from decisions.states import label_of
from funding.pasting import cell_text
from icld_portal.clock import stockholm
from partnerships.states import Side

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@")
"""A text that begins so would be read as a formula in a CSV file."""


@dataclass(frozen=True)
class Format:
    content_type: str
    write: Callable[[list[str], Iterable[list[Any]]], bytes]


def queue_table(cases: Iterable[Case], format: Format) -> tuple[bytes, str]:
    """The file and its content type. Moments are Swedish time, without a zone; amounts are
    numbers, in kronor."""
    rows = (_row(case) for case in cases.iterator(chunk_size=500))
    return format.write(_headings(), rows), format.content_type


def _headings() -> list[str]:
    return [
        _("Reg. no."),
        _("Title"),
        _("Swedish parties"),
        _("Partners"),
        _("Country"),
        _("Phase"),
        _("Round"),
        _("Received"),
        _("Applied for, SEK"),
        _("State"),
        _("Case officer"),
        _("To look at"),
    ]


def _row(case: Case) -> list[Any]:
    application = case.application
    return [
        application.dnr,
        case.title,
        _names(case, lambda side: side == Side.SWEDISH),
        _names(case, lambda side: side != Side.SWEDISH),
        ", ".join(case.countries),
        application.get_phase_display(),
        application.round.name,
        stockholm(case.received_at).replace(tzinfo=None, microsecond=0),
        case.amount_sek,
        str(label_of(case.shown_state)),
        str(case.officer or ""),
        ", ".join(case.flag_labels),
    ]


def _names(case: Case, wanted: Callable[[str], bool]) -> str:
    return ", ".join(party["name"] for party in case.parties if wanted(party["side"]))


def _as_workbook(headings: list[str], rows: Iterable[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Cases"))
    for place, width in enumerate((12, 44, 28, 34, 10, 20, 16, 18, 16, 18, 22, 40), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    sheet.append([_cell(sheet, text, bold=True) for text in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """What is a text is written as one: a title that begins with "=" is no formula."""
    cell = WriteOnlyCell(sheet, cell_text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    else:
        cell.number_format = "yyyy-mm-dd hh:mm"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _as_csv(headings: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Semicolons and a byte order mark: a Swedish Excel asks for both."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        text = cell_text(value)
        return f"'{text}" if text.startswith(FORMULA) else text
    return value if isinstance(value, int) else f"{value:%Y-%m-%d %H:%M}"


FORMATS = {"xlsx": Format(XLSX, _as_workbook), "csv": Format(CSV, _as_csv)}
