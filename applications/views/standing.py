"""What the bar on the form's pages says: how much is left, and how much is asked for.

Judging an application takes as many queries as a page may have, so the pages of the form show what
the list itself last found for this revision, and their script asks for it where it is not known.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.utils.translation import get_language

from applications.completeness.left import Group, Left, by_doer, by_section
from applications.documents.people import Person
from applications.models import Application

KEPT_FOR = 120
"""Seconds. Beside the revision only what is rare changes the list: a country, a sibling."""


@dataclass(frozen=True)
class Standing:
    """`section` is the one that the page is about, or empty."""

    left: Sequence[Left]
    total_sek: int
    section: str = ""

    @property
    def count(self) -> int:
        return len(self.left)

    @property
    def here(self) -> int:
        """How many of them are in the section of the page."""
        return sum(item.section == self.section for item in self.left)

    @property
    def tone(self) -> str:
        if not self.left:
            return "good"
        return "stop" if any(item.wrong for item in self.left) else "care"

    @property
    def sections(self) -> list[Group]:
        """The page's own section first."""
        return sorted(by_section(self.left), key=lambda group: group.key != self.section)


def doers_of(standing: Standing, people: Sequence[Person]) -> list[tuple[Group, list[Person]]]:
    """What is left by who can do it, with the people that means."""
    return [
        (group, [person for person in people if person.is_one_of(group.key)])
        for group in by_doer(standing.left)
    ]


def remember(application: Application, user, standing: Standing) -> None:
    rows = [asdict(item) for item in standing.left]
    cache.set(_key(application, user), {"left": rows, "total": standing.total_sek}, KEPT_FOR)


def recalled(application: Application, user, section: str) -> Standing | None:
    """What was found for the application as it is now, if that is still known."""
    kept = cache.get(_key(application, user))
    if kept is None:
        return None
    return Standing([Left(**row) for row in kept["left"]], kept["total"], section)


def _key(application: Application, user) -> str:
    return f"left:{application.pk}:{application.revision}:{user.pk}:{get_language()}"
