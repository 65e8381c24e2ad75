"""The ceilings as the public reads them: a row for each phase, a column for each region."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from funding.states import Basis, CeilingKind, Phase
from partnerships.states import Region


class Cell(Protocol):
    phase: str
    region: str
    multi_party: bool
    amount_sek: int
    basis: str
    kind: str


@dataclass(frozen=True)
class Row:
    """`amounts_sek` follow the table's columns; None where the schedule has no cell."""

    phase: Phase
    amounts_sek: list[int | None]
    per_year: bool
    guideline: bool


@dataclass(frozen=True)
class Table:
    columns: list[str]
    rows: list[Row]


def ceiling_table(cells: Iterable[Cell], multi_party: bool) -> Table:
    """Lay out one half of a schedule. Regions that share every amount share a column."""
    found = {(c.phase, c.region): c for c in cells if c.multi_party == multi_party}
    columns = _columns(found)
    phases = [phase for phase in Phase if any(key[0] == phase for key in found)]
    rows = [_row(phase, columns, found) for phase in phases]
    return Table([", ".join(str(region.label) for region in column) for column in columns], rows)


def _columns(found: dict[tuple[str, str], Cell]) -> list[list[Region]]:
    columns: dict[tuple[int | None, ...], list[Region]] = {}
    for region in Region:
        amounts = tuple(_amount(found, phase, region) for phase in Phase)
        columns.setdefault(amounts, []).append(region)
    return list(columns.values())


def _row(phase: Phase, columns: list[list[Region]], found: dict[tuple[str, str], Cell]) -> Row:
    cells = [cell for (key, _), cell in found.items() if key == phase]
    return Row(
        phase,
        [_amount(found, phase, column[0]) for column in columns],
        per_year=any(cell.basis == Basis.PER_YEAR for cell in cells),
        guideline=any(cell.kind == CeilingKind.GUIDELINE for cell in cells),
    )


def _amount(found: dict[tuple[str, str], Cell], phase: str, region: str) -> int | None:
    cell = found.get((phase, region))
    return cell.amount_sek if cell else None
