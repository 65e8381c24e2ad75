"""Who does what when in the played hour, by the shares of real rounds. Pure.

Of a last day's applications a quarter come in its last two hours, one in ten in the last hour, one
in fifty in the last ten minutes (the issue's figures). So of those of the last hour, one in five
come in its last ten minutes. How the last minutes and the late ones share is our own assumption.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

LAST_HOUR, LAST_TEN_MINUTES = 1 / 10, 1 / 50
"""Of the last day's."""
HOUR = 60
"""Minutes."""
TAIL = 1 / 3
"""Of those of the last ten minutes: in the very last seconds."""
TAIL_SECONDS = 3
LATE = 1 / 20
"""Of all: after the close."""
LATE_SECONDS = 4
SLOW = 1 / 5
"""Of the late: begun before the close, and whole only after it."""
CHANGES = 10
"""One in so many of those who were early writes on after the close, which is refused."""
SEED = 20270315


class Kind(StrEnum):
    AUTOSAVE = "autosave"
    LIVE = "budget check"
    UPLOAD = "upload"
    SUBMIT = "submission"
    SLOW_SUBMIT = "submission over the close"
    CHANGE = "change of what is handed in"


WRITING = (Kind.AUTOSAVE, Kind.AUTOSAVE, Kind.LIVE, Kind.AUTOSAVE)
UPLOADS = 4
"""One in so many sends a file."""
WRITING_SECONDS = 20
"""How long before handing in somebody still writes, in played time."""


@dataclass(frozen=True)
class Step:
    """What one person does; `at` is in seconds from the close, before it negative."""

    at: float
    kind: Kind


def plan(persons: int, seconds: float, seed: int = SEED) -> list[list[Step]]:
    """The steps of each person, in order, for an hour that is played in so many seconds."""
    chance = Random(seed)  # noqa: S311 (the same hour every time, nothing to guess)
    return [
        list(_steps(at, number, slow, -seconds, chance))
        for number, (at, slow) in enumerate(moments(persons, seconds, chance))
    ]


def moments(persons: int, seconds: float, chance: Random) -> list[tuple[float, bool]]:
    """When each hands in, and whether slowly over the close."""
    late = round(persons * LATE)
    last = round((persons - late) * LAST_TEN_MINUTES / LAST_HOUR)
    tail = round(last * TAIL)
    ten_minutes = seconds * 10 / HOUR
    spans = (
        (persons - late - last, -seconds, -ten_minutes),
        (last - tail, -ten_minutes, -TAIL_SECONDS),
        (tail, -TAIL_SECONDS, 0.0),
    )
    found = [(at, False) for span in spans for at in _spread(*span, chance)]
    slow = round(late * SLOW)
    after = _spread(late - slow, 0.0, LATE_SECONDS, chance)
    return [*found, *((at, False) for at in after), *((-1.0, True) for _ in range(slow))]


def _spread(count: int, first: float, end: float, chance: Random) -> list[float]:
    """So many moments, evenly but not to the beat."""
    width = (end - first) / max(count, 1)
    return [first + width * (place + chance.random()) for place in range(count)]


def _steps(at: float, number: int, slow: bool, begin: float, chance: Random) -> Iterator[Step]:
    """A person writes, perhaps uploads a file, hands in; who was late tries to write on, and some
    of the early ones in what they have handed in: the close ends both."""
    kinds = [*WRITING, *([] if number % UPLOADS else [Kind.UPLOAD])]
    chance.shuffle(kinds)
    first = max(begin, at - WRITING_SECONDS)
    before = sorted(chance.uniform(first, min(at, -1.0) - 0.5) for _ in kinds)
    yield from (Step(max(moment, begin), kind) for moment, kind in zip(before, kinds, strict=True))
    yield Step(at, Kind.SLOW_SUBMIT if slow else Kind.SUBMIT)
    if slow or at >= 0:
        yield Step(max(at, 0.0) + 1.0, Kind.AUTOSAVE)
    elif at < begin / 2 and number % CHANGES == 0:
        yield Step(chance.uniform(0.1, LATE_SECONDS), Kind.CHANGE)
