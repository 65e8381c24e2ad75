"""What became of each line from one budget to another, by the key that copies keep.

Used between what was asked for and what is proposed or granted, and between submitted versions.
Amounts are whole kronor.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]


class Change(StrEnum):
    KEPT = "kept"
    REDUCED = "reduced"
    RAISED = "raised"
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class LineDiff:
    """One line in both budgets; None in the one that lacks it. A line reduced to 0 is not removed.

    `reworded`: something else than the amount is another.
    """

    before_sek: int | None
    after_sek: int | None
    reworded: bool = False

    @property
    def difference_sek(self) -> int:
        """How much more the line is in the later budget; below zero when it is less."""
        return (self.after_sek or 0) - (self.before_sek or 0)

    @property
    def change(self) -> Change:
        if self.before_sek is None:
            return Change.ADDED
        if self.after_sek is None:
            return Change.REMOVED
        if self.difference_sek:
            return Change.RAISED if self.difference_sek > 0 else Change.REDUCED
        return Change.REWORDED if self.reworded else Change.KEPT


def diff(before: Iterable[Row], after: Iterable[Row]) -> dict[str, LineDiff]:
    """Every line by its key: those of the earlier budget in their order, then those added.

    Rows have `key` and `amount_sek`. A column that only one of two rows has says nothing.
    """
    old, new = ({row["key"]: row for row in rows} for rows in (before, after))
    return {
        key: LineDiff(
            before_sek=old[key]["amount_sek"] if key in old else None,
            after_sek=new[key]["amount_sek"] if key in new else None,
            reworded=key in old and key in new and _reworded(old[key], new[key]),
        )
        for key in (old | new)
    }


def _reworded(old: Row, new: Row) -> bool:
    return any(old[name] != new[name] for name in old.keys() & new.keys() - {"amount_sek"})
