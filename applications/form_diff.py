"""What one version of a form changes in another. Looks at rows alone; reads no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WORDING = ("label_sv", "label_en", "help_sv", "help_en")
"""What may still be corrected in a published form; the database keeps the rest."""

OF_QUESTION = (
    "kind",
    "required",
    "limit",
    "limit_unit",
    "languages",
    "min_rows",
    "max_rows",
    *WORDING,
)
OF_SECTION = ("page", *WORDING)
OF_ATTACHMENT = ("required", "each_party", "may_be_promised", "help_sv", "help_en")


@dataclass(frozen=True)
class Changed:
    """A row that both versions have, with the fields that differ."""

    before: Any
    after: Any
    fields: Sequence[str]


@dataclass(frozen=True)
class Difference:
    """Rows by their key. Order is not told: it changes nothing for what is written."""

    added: Sequence[Any]
    removed: Sequence[Any]
    changed: Sequence[Changed]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def difference(
    before: Iterable[Any], after: Iterable[Any], fields: Sequence[str], key: str = "key"
) -> Difference:
    """What is new, gone and different; of rows with a `key` and those fields."""
    old = {getattr(row, key): row for row in before}
    new = {getattr(row, key): row for row in after}
    return Difference(
        added=[row for name, row in new.items() if name not in old],
        removed=[row for name, row in old.items() if name not in new],
        changed=list(_changed(old, new, fields)),
    )


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], fields: Sequence[str]
) -> Iterable[Changed]:
    for name, after in new.items():
        if name in old:
            before = old[name]
            other = [each for each in fields if getattr(before, each) != getattr(after, each)]
            if other:
                yield Changed(before, after, other)
