"""The figures as a small table for a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.timing import Times, ratio, typical

HEADINGS = ("", "one takes", "a second", "against", "ratio", "middle half", "aim", "")


@dataclass(frozen=True)
class Row:
    """A task, and where there is an aim: against which other, and at most what ratio."""

    name: str
    against: str = ""
    aim: float = 0
    as_share: bool = False

    def cells(self, times: Times) -> tuple[str, ...]:
        seconds = typical(times, self.name)
        plain = (self.name, _time(seconds), f"{1 / seconds:,.0f}".replace(",", " "))
        if not self.against:
            return (*plain, "", "", "", "", "")
        found = ratio(times, self.name, self.against)
        half = f"{self._shown(found.low)} to {self._shown(found.high)}"
        reached = "reached" if found.middle <= self.aim else "not reached"
        aim = f"at most {self._shown(self.aim)}"
        return (*plain, self.against, self._shown(found.middle), half, aim, reached)

    def _shown(self, value: float) -> str:
        return f"{value:.2%}" if self.as_share else f"{value:.2f} x"


def told(rows: Iterable[Row], times: Times) -> str:
    return columns([HEADINGS, *(row.cells(times) for row in rows)])


def columns(grid: Sequence[Sequence[str]]) -> str:
    """As wide as what stands in them."""
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    return "\n".join(_line(cells, widths) for cells in grid)


def _line(cells: Sequence[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"
