"""What a button in the budget's grid does, beside saving every row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from applications.actions.budgeting import LineChange
from applications.forms.budget_grid import YEARS, BudgetGrid, GridRow


@dataclass
class Move:
    """`at`: the line to come back to. `new_year`: show an empty row in that year."""

    changes: list[LineChange]
    deleted: dict[UUID, str | None] = field(default_factory=dict)
    order: list[UUID] = field(default_factory=list)
    at: UUID | None = None
    new_year: int = 0
    removed: GridRow | None = None
    order_before: list[str] = field(default_factory=list)
    renews_rates: bool = False
    keeps_undo: bool = False

    @classmethod
    def named(cls, text: str, grid: BudgetGrid, undo: Mapping | None) -> "Move":
        """Read "copy:<key>", "up:<key>", "down:<key>", "delete:<key>", "theirs:<key>",
        "add:<year>", "rates" or "undo"; anything else only saves."""
        verb, _colon, what = text.partition(":")
        move = cls(grid.changes())
        row = next((row for row in grid.rows if str(row.key) == what), None)
        if verb in VERBS and row:
            VERBS[verb](move, grid, row)
        elif verb == "add" and what in YEARS:
            move.new_year = int(what)
        elif verb == "undo" and undo:
            move.put_back(grid, undo)
        move.renews_rates = verb == "rates"
        return move

    def put_back(self, grid: BudgetGrid, undo: Mapping[str, Any]) -> None:
        """The deleted line again, by its key and in its place; a wrong one as it was typed."""
        row = grid.put_back(UUID(undo["key"]), undo["cells"])
        change = row.change()
        if change is None:
            self.keeps_undo = True
            return
        self.changes.append(change)
        self.at = row.key
        keys = [UUID(key) for key in undo["order"]]
        self.order = keys if row.key in keys else []


def _copy(move: Move, grid: BudgetGrid, row: GridRow) -> None:
    if not row.form.is_valid():
        return
    move.at = uuid4()
    move.changes.append(LineChange(move.at, row.form.values()))
    keys = [other.key for other in grid.rows]
    keys.insert(keys.index(row.key) + 1, move.at)
    move.order = keys


def _delete(move: Move, grid: BudgetGrid, row: GridRow) -> None:
    move.order_before = [str(other.key) for other in grid.rows]
    _leave(move, grid, row)
    move.deleted = {row.key: row.was or None}
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
