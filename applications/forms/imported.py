"""Rows of a spreadsheet as budget lines, judged by the same form as lines that are typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from applications.actions.budgeting import SEK, LineChange, line_values, mark
from applications.forms.budget import LineChoices, LineForm
from applications.forms.imported_cells import LineTexts, line_texts, shown
from applications.forms.imported_words import (
    amount_notes,
    as_typed,
    layout_notes,
    sum_notes,
    told,
)
from applications.models import Application
from funding.budget_rules import line_amount
from funding.columns import BY_KEY, KEY, Layout, layout_of
from funding.models import BudgetLine
from funding.pasting import Row
from partnerships.states import Side

Places = Mapping[tuple[int, int], str]
"""What is wrong with cells already when they are read, by row and column."""


@dataclass(frozen=True)
class WrongCell:
    """`place`: its column from 0, None if the sheet has no such column. `typed`: what it says."""

    row: int
    heading: str
    message: str
    column: str = ""
    place: int | None = None
    typed: str = ""

    @property
    def address(self) -> str:
        figures = {"row": self.row, "column": self.heading}
        return _("row %(row)s, column %(column)s") % figures

    @property
    def field(self) -> str:
        """The name of the field where the cell can be mended on the page."""
        return f"cell-{self.row}-{self.place}"

    def text(self) -> str:
        return f"{self.address}: {self.message}"


@dataclass(frozen=True)
class ReadLine:
    """A row of the sheet and what it says by column (`told`). `saved`: the line that the budget has
    already; `rate`: kronor for one of its currency. A row with wrong cells has no `change`."""

    row: int
    key: UUID
    saved: BudgetLine | None
    told: Mapping[str, str]
    wrong: Sequence[WrongCell] = ()
    change: LineChange | None = None
    rate: Decimal = Decimal(1)

    @property
    def amount_sek(self) -> int:
        """As it will be reckoned when it is saved."""
        if self.change is None:
            return 0
        values = self.change.values
        return line_amount(values["persons"], values["quantity"], values["price"], self.rate)

    @property
    def is_new(self) -> bool:
        return bool(self.change) and self.saved is None

    @property
    def is_same(self) -> bool:
        """Nothing differs from the saved line."""
        if not (self.change and self.saved):
            return False
        return mark(line_values(self.saved)) == mark(self.change.values)

    @property
    def is_changed(self) -> bool:
        return bool(self.change and self.saved) and not self.is_same


@dataclass(frozen=True)
class Imported:
    """`missing`: headings without which no row can be read; then there are no lines."""

    lines: Sequence[ReadLine]
    notes: Sequence[str]
    missing: Sequence[str] = ()

    @property
    def errors(self) -> list[WrongCell]:
        return [cell for line in self.lines for cell in line.wrong]

    @property
    def right(self) -> list[ReadLine]:
        return [line for line in self.lines if line.change]

    @property
    def changes(self) -> list[LineChange]:
        return [line.change for line in self.right]

    @property
    def new(self) -> int:
        return sum(line.is_new for line in self.lines)

    @property
    def changed(self) -> int:
        return sum(line.is_changed for line in self.lines)

    @property
    def per_year_sek(self) -> list[tuple[int, int]]:
        sums: dict[int, int] = {}
        for line in self.right:
            year = line.change.values["project_year"]
            sums[year] = sums.get(year, 0) + line.amount_sek
        return sorted(sums.items())

    @property
    def total_sek(self) -> int:
        return sum(line.amount_sek for line in self.right)


@dataclass(frozen=True)
class Reading:
    """What every row is read against. `batch`: lines that are new get the same keys each time that
    the same page is sent, so that sending twice adds nothing twice."""

    choices: LineChoices
    lead: int | None
    saved: Mapping[UUID, BudgetLine]
    batch: UUID


def lead_of(application: Application) -> int | None:
    """The party of rows that name none: the Swedish one that leads."""
    swedish = [row for row in application.parties.all() if row.side == Side.SWEDISH]
    leads = sorted(swedish, key=lambda row: not row.lead)
    return leads[0].party_id if leads else None


def imported(rows: Sequence[Row], reading: Reading, broken: Places) -> Imported:
    layout = layout_of(rows)
    notes = layout_notes(layout)
    missing = _missing(layout, reading.choices)
    if missing:
        return Imported([], notes, missing)
    lines, taken = [], set()
    costs = [row for row in rows[layout.first :] if not layout.is_sum(row)]
    sums = [row for row in rows[layout.first :] if layout.is_sum(row)]
    for row in costs:
        key = _key(layout.cells(row).get(KEY, ""), row, reading, taken)
        taken.add(key)
        line, said = _read_line(row, key, layout, reading, broken)
        lines.append(line)
        notes += said
    return Imported(lines, notes if KEY in layout.places else [*notes, *sum_notes(sums)])


def _read_line(
    row: Row, key: UUID, layout: Layout, reading: Reading, broken: Places
) -> tuple[ReadLine, list[str]]:
    cells, saved = layout.cells(row), reading.saved.get(key)
    texts = line_texts(cells, reading.choices, reading.lead)
    form = LineForm(reading.choices, texts.data, line=saved)
    messages = _messages(form, texts) | _broken(row, layout, texts, broken)
    if messages:
        wrong = [_wrong(row, name, messages[name], layout, cells) for name in messages]
        return ReadLine(row.number, key, saved, as_typed(cells), wrong), []
    values = form.values()
    line = ReadLine(
        row=row.number,
        key=key,
        saved=saved,
        told=told(values, reading.choices),
        change=LineChange(key, values),
        rate=_rate(values, saved, reading.choices),
    )
    notes = [*texts.notes, *amount_notes(cells.get("amount", ""), line.amount_sek)]
    return line, [_("Row %(row)s: %(text)s") % {"row": row.number, "text": each} for each in notes]


def _messages(form: LineForm, texts: LineTexts) -> dict[str, str]:
    """What is wrong, by column: our own words first, else those of the form."""
    found = dict(texts.wrong)
    for name, errors in form.errors.items():
        typed = shown(texts.data.get(name, ""))
        message = " ".join(errors)
        if typed and typed not in message:
            message = _("“%(text)s”: %(message)s") % {"text": typed, "message": message}
        found.setdefault(texts.column(name), message)
    return found


def _broken(row: Row, layout: Layout, texts: LineTexts, broken: Places) -> dict[str, str]:
    used = {key for key in layout.places if key not in {KEY, "amount"} - {texts.price_from}}
    places = {key: (row.number, layout.places[key]) for key in used}
    return {key: broken[place] for key, place in places.items() if place in broken}


def _wrong(row: Row, column: str, message: str, layout: Layout, cells: Mapping) -> WrongCell:
    return WrongCell(
        row=row.number,
        heading=layout.headings.get(column) or str(BY_KEY[column].label),
        message=message,
        column=column,
        place=layout.places.get(column),
        typed=cells.get(column, ""),
    )


def _key(text: str, row: Row, reading: Reading, taken: set[UUID]) -> UUID:
    """The line's own key; a new one for a row without, and for the copy of a row."""
    try:
        key = UUID(text)
    except ValueError:
        key = None
    return key if key and key not in taken else uuid5(reading.batch, str(row.number))


def _rate(values: Mapping[str, Any], saved: BudgetLine | None, choices: LineChoices) -> Decimal:
    """A line that keeps its currency keeps its rate."""
    currency = values["currency"]
    if currency == SEK:
        return Decimal(1)
    if saved and saved.currency == currency:
        return saved.rate
    return choices.rates[currency].rate


def _missing(layout: Layout, choices: LineChoices) -> list[str]:
    needed = ["cost_type", *(["project_year"] if len(choices.years) > 1 else [])]
    return [str(BY_KEY[key].label) for key in needed if key not in layout.places]
