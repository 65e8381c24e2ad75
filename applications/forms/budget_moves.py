"""What a button in the budget's grid does, beside saving every row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import QueryDict

from applications.actions.budgeting import LineChange
from applications.forms.budget import LineForm
from applications.forms.budget_grid import BudgetGrid, GridRow


@dataclass
class Move:
    """`at`: the line to come back to. `new_year`: show an empty row in that year."""

    changes: list[LineChange]
    deleted: list[UUID] = field(default_factory=list)
    order: list[UUID] = field(default_factory=list)
    at: UUID | None = None
    new_year: int = 0
    removed: GridRow | None = None
    renews_rates: bool = False

    @classmethod
    def named(cls, text: str, grid: BudgetGrid, undo: Mapping | None) -> "Move":
        """Read "copy:<key>", "up:<key>", "down:<key>", "delete:<key>", "theirs:<key>",
        "add:<year>", "rates" or "undo"; anything else only saves."""
        verb, _colon, what = text.partition(":")
        move = cls(grid.changes())
        row = next((row for row in grid.rows if str(row.key) == what), None)
        if verb in VERBS and row:
            VERBS[verb](move, grid, row)
        elif verb == "add" and what.isdecimal():
            move.new_year = int(what)
        elif verb == "undo" and undo:
            move.put_back(grid, undo)
        move.renews_rates = verb == "rates"
        return move

    def put_back(self, grid: BudgetGrid, typed: Mapping[str, str]) -> None:
        form = LineForm(grid.choices, QueryDict(mutable=True) | dict(typed))
        if form.is_valid():
            self.at = uuid4()
            self.changes.append(LineChange(self.at, form.values()))


def _copy(move: Move, grid: BudgetGrid, row: GridRow) -> None:
    if not row.form.is_valid():
        return
    move.at = uuid4()
    move.changes.append(LineChange(move.at, row.form.values()))
    keys = [other.key for other in grid.rows]
    keys.insert(keys.index(row.key) + 1, move.at)
    move.order = keys


def _delete(move: Move, grid: BudgetGrid, row: GridRow) -> None:
    _leave(move, grid, row)
    move.deleted = [row.key]
    move.removed = row


def _leave(move: Move, grid: BudgetGrid, row: GridRow) -> None:
    """Let the saved line be, whatever was typed."""
    grid.rows.remove(row)
    move.changes = [change for change in move.changes if change.key != row.key]
    move.at = row.key


def _swap(move: Move, grid: BudgetGrid, row: GridRow, step: int) -> None:
    """Change places with the next line of the same year."""
    keys = [other.key for other in grid.rows]
    year = [other.key for other in grid.rows if other.year == row.year]
    place = year.index(row.key) + step
    if 0 <= place < len(year):
        one, other = keys.index(row.key), keys.index(year[place])
        keys[one], keys[other] = keys[other], keys[one]
    move.order, move.at = keys, row.key


VERBS = {
    "copy": _copy,
    "delete": _delete,
    "theirs": _leave,
    "up": lambda move, grid, row: _swap(move, grid, row, -1),
    "down": lambda move, grid, row: _swap(move, grid, row, 1),
}
