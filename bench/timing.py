"""Honest timing: everything in turn (A B C A B C …), compared round by round, medians told.

A machine that is slow for a while is then slow for all, and a ratio holds where a time would not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Times = Mapping[str, Sequence[float]]
"""Seconds of one time, per name and round."""


@dataclass(frozen=True)
class Task:
    """What is measured. A short one is done `times` times in a row, to be longer than the clock's
    own unrest."""

    name: str
    do: Callable[[], object]
    times: int = 1

    def seconds(self) -> float:
        """Of one time, on average."""
        begun = perf_counter()
        for _ in range(self.times):
            self.do()
        return (perf_counter() - begun) / self.times


@dataclass(frozen=True)
class Ratio:
    """One task's time as a part of another's: the median of the rounds, and their middle half."""

    middle: float
    low: float
    high: float


def in_turn(tasks: Sequence[Task], rounds: int, warm_up: int = 3) -> Times:
    """Each round does every task once; the first few rounds are not counted."""
    for _ in range(warm_up):
        for task in tasks:
            task.seconds()
    counted = [{task.name: task.seconds() for task in tasks} for _ in range(rounds)]
    return {task.name: [row[task.name] for row in counted] for task in tasks}


def typical(times: Times, name: str) -> float:
    """Median seconds of one time."""
    return median(times[name])


def ratio(times: Times, name: str, against: str) -> Ratio:
    """Round by round. Needs at least two rounds."""
    pairs = zip(times[name], times[against], strict=True)
    low, middle, high = quantiles((one / other for one, other in pairs), n=4, method="inclusive")
    return Ratio(middle, low, high)
