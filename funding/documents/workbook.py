"""A budget as an Excel workbook, to read, to change and to read in again."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from funding.columns import COLUMNS, KEY, letter
from funding.models import BudgetLine
from funding.pasting import MAX_ROWS, cell_text
from funding.wording import Bilingual

SHEET = "Budget"
CHOICES = Bilingual("Listor", "Lists")

WIDTHS = {
    "project_year": 6,
    "party": 26,
    "cost_type": 28,
    "activity": 28,
    "description": 42,
    "persons": 10,
    "quantity": 9,
    "unit": 10,
    "unit_price": 15,
    "currency": 9,
    "amount": 15,
    KEY: 8,
}
WHOLE, DECIMALS = "#,##0", "#,##0.00"
MONEY = {"unit_price", "amount"}
TEXT_FORMAT = "@"  # typed over, a text stays a text

VALUES: dict[str, Callable[[BudgetLine], Any]] = {
    "project_year": lambda line: line.project_year,
    "party": lambda line: line.party.organisation.display_name,
    "cost_type": lambda line: str(line.cost_type),
    "activity": lambda line: line.activity,
    "description": lambda line: line.description,
    "persons": lambda line: line.persons,
    "quantity": lambda line: line.quantity,
    "unit": lambda line: line.unit,
    "unit_price": lambda line: (
        line.unit_price_sek if line.foreign_price is None else line.foreign_price
    ),
    "currency": lambda line: line.currency,
    "amount": lambda line: line.amount_sek,
    KEY: lambda line: str(line.key),
}


def workbook(
    lines: Sequence[BudgetLine], *, title: str, parties: Iterable[str], cost_types: Iterable[str]
) -> bytes:
    """The lines under their headings and a sum below, worded in the active language.

    `parties` and `cost_types` are what one may choose in those columns. What is a text is written
    as one: a description that begins with "=" is no formula.
    """
    book = Workbook()
    book.properties.title = cell_text(title)
    book.properties.creator = "ICLD"
    sheet = book.active
    sheet.title = SHEET
    _write_headings(sheet)
    for number, line in enumerate(lines, start=2):
        for place, column in enumerate(COLUMNS, start=1):
            value = VALUES[column.key](line)
            money = DECIMALS if isinstance(value, Decimal) else WHOLE
            _write(sheet.cell(number, place), value, money if column.key in MONEY else None)
    if lines:
        _write_sum(sheet, len(lines) + 3, sum(line.amount_sek for line in lines))
    _offer_choices(book, {"party": parties, "cost_type": cost_types})
    return _bytes(book)


def _write_headings(sheet: Worksheet) -> None:
    for place, column in enumerate(COLUMNS):
        cell = sheet.cell(1, place + 1)
        _write(cell, str(column.label))
        cell.font = Font(bold=True)
        cell.border = Border(bottom=Side("thin"))
        sheet.column_dimensions[letter(place)].width = WIDTHS[column.key]
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_sum(sheet: Worksheet, row: int, total_sek: int) -> None:
    amount = next(place for place, each in enumerate(COLUMNS, start=1) if each.key == "amount")
    for place, value in ((1, _("Sum")), (amount, total_sek)):
        cell = sheet.cell(row, place)
        _write(cell, value, WHOLE)
        cell.font = Font(bold=True)


def _write(cell: Cell, value: Any, number_format: str | None = None) -> None:
    if not isinstance(value, str):
        cell.value = value
        cell.number_format = number_format or "General"
        return
    cell.value = _escaped(cell_text(value))
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(vertical="top")


def _escaped(text: str) -> str:
    """ "_x0041_" would be shown as "A": how the format writes characters it cannot hold."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _offer_choices(book: Workbook, choices: dict[str, Iterable[str]]) -> None:
    """The names to choose among, on a sheet of their own: a list in the cell itself holds few."""
    sheet = book.create_sheet(str(CHOICES))
    for place, (key, offered) in enumerate(choices.items()):
        names = list(offered)
        target = next(index for index, column in enumerate(COLUMNS) if column.key == key)
        for row, name in enumerate([str(COLUMNS[target].label), *names], start=1):
            _write(sheet.cell(row, place + 1), name)
        sheet.cell(1, place + 1).font = Font(bold=True)
        sheet.column_dimensions[letter(place)].width = 34
        source = f"{sheet.title}!${letter(place)}$2:${letter(place)}${len(names) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.add(f"{letter(target)}2:{letter(target)}{MAX_ROWS + 1}")
        book[SHEET].add_data_validation(rule)


def _bytes(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
