"""Can a schedule be published? Looks only at its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from funding.ceilings import Cell
from funding.states import Phase
from partnerships.states import Region


@dataclass(frozen=True)
class Place:
    """Where a cell stands, or should stand, in a schedule."""

    phase: Phase
    region: Region
    multi_party: bool


def missing_places(cells: Iterable[Cell]) -> list[Place]:
    """Every combination of phase, region and party model without an amount."""
    filled = {_place(cell) for cell in cells}
    every = (Place(*place) for place in product(Phase, Region, (False, True)))
    return [place for place in every if place not in filled]


def odd_places(cells: Sequence[Cell]) -> list[Place]:
    """Cells that are most likely typed wrong.

    A cell whose basis or kind differs from most of its phase, or a multi-party amount lower than
    the bilateral one beside it.
    """
    return [_place(cell) for cell in cells if _stands_out(cell, cells) or _too_low(cell, cells)]


def _place(cell: Cell) -> Place:
    return Place(Phase(cell.phase), Region(cell.region), cell.multi_party)


def _stands_out(cell: Cell, cells: Sequence[Cell]) -> bool:
    phase = [(other.basis, other.kind) for other in cells if other.phase == cell.phase]
    return phase.count((cell.basis, cell.kind)) * 2 <= len(phase) and len(set(phase)) > 1


def _too_low(cell: Cell, cells: Sequence[Cell]) -> bool:
    return cell.multi_party and any(
        other.amount_sek > cell.amount_sek
        for other in cells
        if not other.multi_party and (other.phase, other.region) == (cell.phase, cell.region)
    )
