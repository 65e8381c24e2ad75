"""A ceiling schedule laid out as one table: phases down, region and party model across."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from funding.ceilings import Cell
from funding.schedule_checks import Place, every_place, place_of
from funding.states import Basis, CeilingKind, Phase


@dataclass(frozen=True)
class Terms:
    """What the amounts of a phase count, and whether they block or guide; None where unknown."""

    basis: Basis | None = None
    kind: CeilingKind | None = None


@dataclass(frozen=True)
class Row:
    """`amounts_sek` follow the places of the phase; None where the schedule has no amount."""

    phase: Phase
    amounts_sek: Sequence[int | None]
    terms: Terms


def places_of(phase: Phase) -> list[Place]:
    return [place for place in every_place() if place.phase == phase]


def terms_of(cells: Iterable[Cell]) -> Mapping[str, Terms]:
    """Basis and kind of each phase that has amounts: what most of them have."""
    counted: dict[str, Counter[Terms]] = {}
    for cell in cells:
        terms = Terms(Basis(cell.basis), CeilingKind(cell.kind))
        counted.setdefault(cell.phase, Counter())[terms] += 1
    return {phase: counts.most_common(1)[0][0] for phase, counts in counted.items()}


def rows_of(cells: Sequence[Cell]) -> list[Row]:
    amounts, terms = {place_of(cell): cell.amount_sek for cell in cells}, terms_of(cells)
    return [
        Row(
            phase,
            [amounts.get(place) for place in places_of(phase)],
            terms.get(phase, Terms()),
        )
        for phase in Phase
    ]
