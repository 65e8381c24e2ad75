"""Risks as a picture: five by five squares, probability upwards and consequence to the right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIVE = (1, 2, 3, 4, 5)
STOP, CARE, GOOD = "stop", "care", "good"
HIGH, MIDDLE = 15, 6
"""Probability × consequence from which a risk is large, or worth watching."""


@dataclass(frozen=True)
class Cell:
    """The numbers of the risks that lie in one square, as they stand in the list."""

    probability: int
    consequence: int
    risks: tuple[int, ...]

    @property
    def tone(self) -> str:
        return tone(self.probability * self.consequence)


@dataclass(frozen=True)
class RiskMatrix:
    """`rows`: the highest probability first. `unplaced`: risks that lack a number."""

    rows: tuple[tuple[Cell, ...], ...]
    unplaced: tuple[int, ...]

    @property
    def cells(self) -> list[Cell]:
        """Squares that hold a risk, the largest first."""
        found = [cell for row in self.rows for cell in row if cell.risks]
        return sorted(found, key=lambda cell: -cell.probability * cell.consequence)


def risk_matrix(rows: Iterable[Mapping[str, Any]]) -> RiskMatrix:
    """Of rows with `probability` and `consequence`, numbered from 1."""
    placed: dict[tuple[int, int], list[int]] = {}
    unplaced = []
    for number, row in enumerate(rows, start=1):
        place = row["probability"], row["consequence"]
        if all(place):
            placed.setdefault(place, []).append(number)
        else:
            unplaced.append(number)
    squares = tuple(
        tuple(Cell(up, right, tuple(placed.get((up, right), ()))) for right in FIVE)
        for up in reversed(FIVE)
    )
    return RiskMatrix(squares, tuple(unplaced))


def tone(product: int) -> str:
    """How serious: "stop" for the largest, "care", "good"."""
    if product >= HIGH:
        return STOP
    return CARE if product >= MIDDLE else GOOD
