"""Invented names, each given out once."""

from collections import Counter

from icld_portal.demo.tables import table


class Names:
    """`next("KE")` is the name of somebody in Kenya who does not exist."""

    def __init__(self) -> None:
        self._parts = table("names")
        self._taken: Counter[str] = Counter()

    def next(self, country: str) -> str:
        first, last = self._parts[country]["first"], self._parts[country]["last"]
        count = self._taken[country]
        self._taken[country] += 1
        # Both lists turn at once, and the last names shift by one each time the first begin anew.
        shift = count // len(first)
        return f"{first[count % len(first)]} {last[(count + shift) % len(last)]}"
