"""Can a schedule be published? Looks only at its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from funding.ceilings import Cell
from funding.states import Phase
from partnerships.states import Region


@dataclass(frozen=True)
class Place:
    """Where a cell stands, or should stand, in a schedule."""

    phase: Phase
    region: Region
    multi_party: bool

    @property
    def column(self) -> str:
        """ "Europe, multi-party": the place within its phase's row."""
        model = _("multi-party") if self.multi_party else _("bilateral")
        return f"{self.region.label}, {model}"

    def __str__(self) -> str:
        return f"{self.phase.label}, {self.column}"


def every_place() -> list[Place]:
    """All places of a schedule, in the order of its table."""
    return [Place(*place) for place in product(Phase, Region, (False, True))]


def place_of(cell: Cell) -> Place:
    return Place(Phase(cell.phase), Region(cell.region), cell.multi_party)


def missing_places(cells: Iterable[Cell]) -> list[Place]:
    """Every combination of phase, region and party model without an amount."""
    filled = {place_of(cell) for cell in cells}
    return [place for place in every_place() if place not in filled]


def low_places(cells: Iterable[Cell]) -> list[Place]:
    """Multi-party amounts that are lower than the bilateral one beside them."""
    amounts = {place_of(cell): cell.amount_sek for cell in cells}
    return [
        place
        for place, amount_sek in amounts.items()
        if place.multi_party and amount_sek < amounts.get(_bilateral(place), 0)
    ]


def differing_places(cells: Sequence[Cell]) -> list[Place]:
    """Cells whose basis or kind is not that of most of their phase."""
    return [place_of(cell) for cell in cells if _stands_out(cell, cells)]


def _bilateral(place: Place) -> Place:
    return Place(place.phase, place.region, multi_party=False)


def _stands_out(cell: Cell, cells: Sequence[Cell]) -> bool:
    phase = [(other.basis, other.kind) for other in cells if other.phase == cell.phase]
    return phase.count((cell.basis, cell.kind)) * 2 <= len(phase) and len(set(phase)) > 1
