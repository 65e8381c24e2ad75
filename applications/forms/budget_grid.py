"""The whole budget as a grid of rows, posted at once or row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from applications.actions.budgeting import SEK, LineChange, line_values, mark
from applications.completeness import MAX_YEARS
from applications.documents.budget_table import BudgetTable, YearTable
from applications.forms.budget import LineChoices, LineForm
from applications.forms.guarded import Difference, shown
from funding.currencies import rate_told
from funding.models import BudgetLine
from icld_portal.formats import kronor

PATTERN = "__key__"
TYPED = ("cost_type_id", "activity", "description", "quantity", "unit", "unit_price")
"""What makes a new row more than empty; the rest is proposed."""

YEARS = {str(year) for year in range(1, MAX_YEARS + 1)}


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
        return line_rate(self.line) if self.line else ""

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong, cell by cell: the cell's label, the sentence, the cell's id."""
        cells = [self.form[name] for name in self.form.errors]
        return [(cell.label, " ".join(cell.errors), cell.id_for_label) for cell in cells]

    @property
    def year(self) -> int:
        """The year it is shown in; the first, when what was typed is no year."""
        typed = str(self.form["project_year"].value())
        return int(typed) if typed in YEARS else 1

    @property
    def is_empty(self) -> bool:
        """A new row in which nothing has been written."""
        return not self.was and not any(self.form[name].value() for name in TYPED)

    def typed(self) -> dict[str, str]:
        """The cells as they stand, to be put back by the same form."""
        return {name: str(self.form[name].value() or "") for name in self.form.fields}

    def change(self) -> LineChange | None:
        """What to save; None for a row that is wrong or empty."""
        if self.is_empty or not self.form.is_valid():
            return None
        return LineChange(self.key, self.form.values(), self.was or None)

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
            self.rows = [self.saved_row(line) for line in self.lines.values()]
        else:
            self.rows = [self._posted(key, data) for key in _keys(data.getlist("row"))]

    def add_like(self, year: int) -> GridRow:
        """One more row, with the party of the last one in the year."""
        before = self.of_year(year)
        proposed = {"party_id": before[-1].form["party_id"].value()} if before else {}
        key = uuid4()
        form = LineForm(self.choices, initial=proposed | {"project_year": year}, prefix=str(key))
        self.rows.append(GridRow(key, form))
        return self.rows[-1]

    def put_back(self, key: UUID, cells: Mapping[str, str]) -> GridRow:
        """One more row, as it was typed before it was deleted."""
        data = {f"{key}-{name}": text for name, text in cells.items()}
        self.rows.append(GridRow(key, LineForm(self.choices, data, prefix=str(key))))
        return self.rows[-1]

    def blank(self) -> GridRow:
        """The pattern that the page makes new rows from."""
        return GridRow(PATTERN, LineForm(self.choices, prefix=PATTERN))

    def years(self, table: BudgetTable) -> list[GridYear]:
        """Every project year, with its days, limits and rows; a line's own year always."""
        tables = {year.number: year for year in table.years}
        offered = (year for year, _label in self.choices.years)
        numbers = {*tables, *offered, *(row.year for row in self.rows)}
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

    def touched(self) -> list[LineChange]:
        """Every row that can be saved: for requests that bring only what somebody has touched."""
        return [change for row in self.rows if (change := row.change())]

    def changes(self) -> list[LineChange]:
        """The same without rows that came along as they were seen, whoever has changed them."""
        return [change for change in self.touched() if mark(change.values) != change.was]

    def wrong(self) -> list[GridRow]:
        return [row for row in self.rows if not row.is_empty and row.form.errors]

    def clashes(self) -> list[GridRow]:
        return [row for row in self.rows if row.differences or row.gone]

    def of_year(self, year: int) -> list[GridRow]:
        return [row for row in self.rows if row.year == year]

    def saved_row(self, line: BudgetLine) -> GridRow:
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


def line_rate(line: BudgetLine) -> str:
    """How a line was converted; nothing for one in kronor."""
    if line.rate is None:
        return ""
    return rate_told(line.rate, line.rate_on, line.rate_source)


def is_all_in_kronor(data: QueryDict) -> bool:
    """Is no row that was posted in another currency? Then no rate is needed to judge it."""
    return all(data.get(f"{key}-currency", SEK) == SEK for key in data.getlist("row"))


def deleted_in(data: QueryDict) -> dict[UUID, str | None]:
    """The lines that are to go, each with its fingerprint as it was seen."""
    return {key: data.get(f"{key}-was") or None for key in keys_in(data, "deleted")}


def keys_in(data: QueryDict, name: str) -> list[UUID]:
    return _keys(data.getlist(name))


def _differences(typed: LineForm, fresh: LineForm) -> Iterable[Difference]:
    for name in typed.fields:
        if name == "persons" and not fresh.line.cost_type.is_pay:
            continue  # counted only for pay, and not sent for the rest
        mine, theirs = shown(typed[name]), shown(fresh[name])
        if mine != theirs:
            yield Difference(str(typed[name].label), theirs, mine, typed[name].id_for_label)
