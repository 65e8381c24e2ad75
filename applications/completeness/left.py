"""All that stands between an application and submission, told by section and by who can do it.

Plain values, so that the list may lie in the cache.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from applications.states import Doer


@dataclass(frozen=True)
class Left:
    """One thing to do: in which section (key and label), where exactly, and who can do it.

    `wrong`: it has been written, and must be put right.
    """

    section: str
    place: str
    url: str
    text: str
    who: str = Doer.WRITER
    wrong: bool = False


@dataclass(frozen=True)
class Group:
    key: str
    label: str
    items: Sequence[Left]


def by_section(items: Iterable[Left]) -> list[Group]:
    """The things of each section together, in the order in which they come."""
    return _grouped(items, lambda item: (item.section, item.place))


def by_doer(items: Iterable[Left]) -> list[Group]:
    """The things that each can do together: what anybody can do first."""
    order = list(Doer)
    known = sorted(items, key=lambda item: order.index(Doer(item.who)))
    return _grouped(known, lambda item: (item.who, str(Doer(item.who).label)))


def _grouped(items, naming) -> list[Group]:
    groups: dict[tuple[str, str], list[Left]] = {}
    for item in items:
        groups.setdefault(naming(item), []).append(item)
    return [Group(key, label, found) for (key, label), found in groups.items()]
