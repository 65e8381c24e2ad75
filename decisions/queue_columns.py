"""The columns of the queue: which there are, which one sees at first, how each is sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

AT_FIRST = ("-application__round__opens_at", "application__dnr")
"""How the queue is sorted until one asks for something else: the newest round first."""


@dataclass(frozen=True)
class Column:
    """`order`: the fields it is sorted by, none where sorting says nothing. `always`: it cannot be
    left out."""

    key: str
    label: Any
    order: Sequence[str] = ()
    always: bool = False
    at_first: bool = True
    is_number: bool = False


COLUMNS = (
    Column("dnr", _("Reg. no."), ("application__dnr",), True),
    Column("partnership", _("Partnership"), ("title_sv",), True),
    Column("phase", _("Phase and round"), ("application__phase", "application__dnr")),
    Column("country", _("Country"), ("countries", "application__dnr"), at_first=False),
    Column("received", _("Received"), ("received_at", "application__dnr")),
    Column("asked", _("Applied for"), ("amount_sek", "application__dnr"), is_number=True),
    Column("flags", _("To look at"), at_first=False),
    Column("state", _("State"), ("stage", "application__dnr")),
    Column("officer", _("Case officer"), ("officer__name", "application__dnr")),
)

BY_KEY = {column.key: column for column in COLUMNS}
ORDERS = {mark + column.key: column for column in COLUMNS if column.order for mark in ("", "-")}
"""What `order` of the address may say: a column, or the same backwards with a minus."""


def fields_of(order: str) -> list[str]:
    """What the queue is ordered by for the address's `order`; unknown ones give `AT_FIRST`."""
    if order not in ORDERS:
        return list(AT_FIRST)
    backwards = "-" if order.startswith("-") else ""
    return [backwards + field for field in ORDERS[order].order]


def shown(keys: Sequence[str]) -> list[Column]:
    """The columns to show for those that were chosen; for none, those one sees at first."""
    chosen = set(keys) & BY_KEY.keys()
    if not chosen:
        return [column for column in COLUMNS if column.always or column.at_first]
    return [column for column in COLUMNS if column.always or column.key in chosen]
