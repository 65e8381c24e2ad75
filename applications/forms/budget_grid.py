"""The whole budget as a grid of rows, posted at once or row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.actions.budgeting import SEK, LineChange, line_values, mark
from applications.documents.budget_table import BudgetTable, YearTable
from applications.forms.budget import LineChoices, LineForm
from funding.models import BudgetLine
from icld_portal.formats import day_short, kronor

PATTERN = "__key__"
LIKE = ("party_id", "currency")
TYPED = ("cost_type_id", "activity", "description", "quantity", "unit", "unit_price")
"""What makes a new row more than empty; the rest is proposed."""


@dataclass
class Difference:
    label: str
    saved: str
    typed: str


@dataclass
class GridRow:
    """A row: its form, and the fingerprint of the saved line it was filled with ("" if new)."""

    key: UUID | str
    form: LineForm
    line: BudgetLine | None = None
    was: str = ""
    findings: list = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    gone: bool = False

    @property
    def name(self) -> str:
        """What a button or a message calls the row."""
        typed = self.form["description"].value() or self.form["activity"].value()
        return typed or _("line without a name")

    @property
    def amount(self) -> str:
        return kronor(self.line.amount_sek) if self.line else ""

    @property
    def rate_told(self) -> str:
        """The rate that a line in another currency was converted by, its day and source."""
        rate = f"{self.line.rate.normalize():f}"
        rate = rate if get_language() == "en" else rate.replace(".", ",")
        return f"{rate} ({day_short(self.line.rate_on)}, {self.line.rate_source})"

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong, cell by cell: the cell's label, the sentence, the cell's id."""
        cells = [self.form[name] for name in self.form.errors]
        return [(cell.label, " ".join(cell.errors), cell.id_for_label) for cell in cells]

    @property
    def year(self) -> str:
        return str(self.form["project_year"].value() or 1)

    @property
    def is_empty(self) -> bool:
        """A new row in which nothing has been written."""
        return not self.was and not any(self.form[name].value() for name in TYPED)

    def typed(self) -> dict[str, str]:
        """The cells as they stand, to be put back by the same form."""
        return {name: str(self.form[name].value() or "") for name in self.form.fields}

    def change(self) -> LineChange | None:
        """What to save; None for a row that is wrong, empty or as it was."""
        if self.is_empty or not self.form.is_valid():
            return None
        values = self.form.values()
        return None if mark(values) == self.was else LineChange(self.key, values, self.was or None)

    def clash(self, theirs: BudgetLine | None) -> None:
        """Somebody else has changed or deleted the line: show both, and guard against theirs."""
        self.gone = theirs is None
        self.was = mark(line_values(theirs)) if theirs else ""
        if theirs:
            fresh = LineForm(self.form.choices, line=theirs, prefix=str(self.key))
            self.differences = list(_differences(self.form, fresh))


@dataclass(frozen=True)
class GridYear:
    """`table`: what the year comes to; None for a year without days or lines."""

    number: int
    table: YearTable | None
    rows: list[GridRow]


class BudgetGrid:
    """Rows of saved lines, or of what was posted (`data`)."""

    def __init__(
        self,
        choices: LineChoices,
        lines: Iterable[BudgetLine],
        data: QueryDict | None = None,
    ) -> None:
        self.choices = choices
        self.lines = {line.key: line for line in lines}
        if data is None:
            self.rows = [self._saved(line) for line in self.lines.values()]
        else:
            self.rows = [self._posted(key, data) for key in _keys(data.getlist("row"))]

    def add_like(self, year: int) -> GridRow:
        """One more row, with the party and currency of the last one in the year."""
        before = self.of_year(year)
        proposed = {name: before[-1].form[name].value() for name in LIKE} if before else {}
        key = uuid4()
        form = LineForm(self.choices, initial=proposed | {"project_year": year}, prefix=str(key))
        self.rows.append(GridRow(key, form))
        return self.rows[-1]

    def blank(self) -> GridRow:
        """The pattern that the page makes new rows from."""
        return GridRow(PATTERN, LineForm(self.choices, prefix=PATTERN))

    def years(self, table: BudgetTable) -> list[GridYear]:
        """Every project year, with its days, limits and rows; a line's own year always."""
        tables = {year.number: year for year in table.years}
        numbers = {*tables, *(year for year, _label in self.choices.years)}
        return [
            GridYear(number, tables.get(number), self.of_year(number)) for number in sorted(numbers)
        ]

    @property
    def pay_types(self) -> str:
        """The cost types that are counted by person and day, as the page's script wants them."""
        return " ".join(str(pk) for pk, row in self.choices.cost_types.items() if row.is_pay)

    @property
    def has_old_rates(self) -> bool:
        """Is there a newer rate for a line in another currency?"""
        rates = self.choices.rates
        return any(
            line.currency in rates and rates[line.currency].valid_on != line.rate_on
            for line in self.lines.values()
        )

    def changes(self) -> list[LineChange]:
        return [change for row in self.rows if (change := row.change())]

    def wrong(self) -> list[GridRow]:
        return [row for row in self.rows if not row.is_empty and row.form.errors]

    def of_year(self, year: int) -> list[GridRow]:
        return [row for row in self.rows if row.year == str(year)]

    def _saved(self, line: BudgetLine) -> GridRow:
        form = LineForm(self.choices, line=line, prefix=str(line.key))
        return GridRow(line.key, form, line, mark(line_values(line)))

    def _posted(self, key: UUID, data: QueryDict) -> GridRow:
        line = self.lines.get(key)
        form = LineForm(self.choices, data, line=line, prefix=str(key))
        return GridRow(key, form, line, data.get(f"{key}-was", ""))


def _keys(texts: Iterable[str]) -> list[UUID]:
    """The rows' keys; what is no key is no row."""
    keys = []
    for text in texts:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(keys))


def is_all_in_kronor(data: QueryDict) -> bool:
    """Is no row that was posted in another currency? Then no rate is needed to judge it."""
    return all(data.get(f"{key}-currency", SEK) == SEK for key in data.getlist("row"))


def keys_in(data: QueryDict, name: str) -> list[UUID]:
    return _keys(data.getlist(name))


def _differences(typed: LineForm, fresh: LineForm) -> Iterable[Difference]:
    for name in typed.fields:
        mine, theirs = (_shown(form, name) for form in (typed, fresh))
        if mine != theirs:
            yield Difference(str(typed.fields[name].label), theirs, mine)


def _shown(form: LineForm, name: str) -> str:
    """A cell as a person reads it."""
    value = str(form[name].value() or "")
    choices: Mapping = dict(_flat(getattr(form.fields[name], "choices", [])))
    return str(choices.get(value, value)) or _("(empty)")


def _flat(choices: Iterable) -> Iterable[tuple[str, Any]]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(key), label
