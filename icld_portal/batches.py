"""Work on many things, of which each is its own."""

from collections.abc import Callable, Iterable
from typing import Any


def each(things: Iterable[Any], do: Callable[[Any], object]) -> None:
    """Do it for every one of them. One that fails stops none of the others: what failed is raised
    when all are done, as an `ExceptionGroup`."""
    failures = []
    for thing in things:
        try:
            do(thing)
        except Exception as failure:  # noqa: BLE001 - raised when all are done
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} failed", failures)
