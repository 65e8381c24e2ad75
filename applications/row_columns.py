"""The tables of a form: which columns a row of each kind has, and how long its texts may be.

Running texts are saved however long they are (up to `LONGEST`) and judged before submission, so
that nothing typed is lost for being a word too long; what stands on one line is held to its limit
at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from applications.states import QuestionKind

LONGEST = 20_000
"""Characters of a running text that can be saved at all: many times its limit."""

MAX_ROWS = 200
"""No real application comes near it; where a form names no limit of its own."""


@dataclass(frozen=True)
class TableColumns:
    """`columns`: what a row is saved as. `prose`: the running texts with their limits."""

    columns: tuple[str, ...]
    prose: Mapping[str, int] = field(default_factory=dict)
    days: tuple[str, ...] = ()

    @property
    def party(self) -> str:
        """The column that names a party, or nothing."""
        return next((name for name in ("party_id", "host_id") if name in self.columns), "")


COLUMNS: Mapping[str, TableColumns] = {
    QuestionKind.OTHER_ACTORS: TableColumns(
        ("name", "kind", "country_id", "contribution"), {"contribution": 1000}
    ),
    QuestionKind.OBJECTIVES: TableColumns(("party_id", "text"), {"text": 500}),
    QuestionKind.INDICATORS: TableColumns(
        ("objective_id", "indicator", "baseline", "target", "source")
    ),
    QuestionKind.ACTIVITIES: TableColumns(
        (
            "name",
            "party_id",
            "place",
            "starts_on",
            "ends_on",
            "responsible",
            "description",
            "result",
            "cost_sek",
        ),
        {"description": 1000, "result": 500},
        ("starts_on", "ends_on"),
    ),
    QuestionKind.VISITS: TableColumns(
        ("host_id", "starts_on", "ends_on", "persons", "purpose"),
        {"purpose": 500},
        ("starts_on", "ends_on"),
    ),
    QuestionKind.RISKS: TableColumns(
        ("description", "probability", "consequence", "measure", "responsible"),
        {"description": 300, "measure": 500},
    ),
    QuestionKind.TEAM: TableColumns(("party_id", "name", "title", "email", "leads")),
    QuestionKind.ANCHORING: TableColumns(
        ("party_id", "body", "is_taken", "decided_on", "own_dnr", "paragraph", "note"),
        {"note": 500},
        ("decided_on",),
    ),
}

PER_PARTY = frozenset({QuestionKind.TEAM})
"""Kinds whose fewest and most rows count for each party."""

PERSONS: Mapping[str, tuple[str, ...]] = {QuestionKind.TEAM: ("name", "title", "email")}
"""Columns that name persons: in a frozen copy they lie with the names, not with the content."""


def most_rows(kind: str, max_rows: int | None, parties: int) -> int:
    """How many rows there can be in all; `max_rows` is what the question says."""
    if not max_rows:
        return MAX_ROWS
    return max_rows * max(parties, 1) if kind in PER_PARTY else max_rows
