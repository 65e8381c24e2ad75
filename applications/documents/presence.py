"""Who is writing where just now: kept for seconds in the cache, never in the database.

While the cache is down nobody is seen, and nothing else happens. Moments are the machine's own
(`icld_portal.clock.real_now`), never the portal's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from applications.documents.people import Person
from applications.models import Application

SEEN_FOR = timedelta(seconds=30)
"""A page tells of itself every ten seconds; two lost beats make nobody disappear."""

MOST_TABS = 10


@dataclass(frozen=True)
class Place:
    """A section of the form and, where something in it has the focus, the question."""

    section: str = ""
    question: str = ""


@dataclass(frozen=True)
class Here:
    """Somebody, where they are and since when."""

    person: Person
    place: Place
    since: datetime


def arrive(application: Application, user, tab: str, place: Place, at: datetime) -> None:
    """Say that one tab of a person is at a place, until `SEEN_FOR` later."""
    tabs = _tabs(application, user.pk, at)
    before = tabs.pop(tab, None)
    since = before[2] if before and before[:2] == (place.section, place.question) else at
    tabs[tab] = (place.section, place.question, since, at)
    newest = dict(list(tabs.items())[-MOST_TABS:])
    cache.set(_key(application, user.pk), newest, SEEN_FOR.total_seconds())


def leave(application: Application, user, tab: str, at: datetime) -> None:
    """Say that a tab was closed."""
    tabs = _tabs(application, user.pk, at)
    tabs.pop(tab, None)
    if tabs:
        cache.set(_key(application, user.pk), tabs, SEEN_FOR.total_seconds())
    else:
        cache.delete(_key(application, user.pk))


def others_here(
    application: Application, people: Iterable[Person], user, at: datetime
) -> list[Here]:
    """Those of the people who are here apart from this one, each once: where they wrote last."""
    asked = {_key(application, each.pk): each for each in people if each.pk != user.pk}
    found = cache.get_many(asked)
    return [
        Here(person, Place(*tab[:2]), tab[2])
        for key, person in asked.items()
        if (tab := _last(_alive(found.get(key), at)))
    ]


def in_other_tabs(application: Application, user, tab: str, at: datetime) -> bool:
    """Whether the person has the application open in another tab as well."""
    return bool(_tabs(application, user.pk, at).keys() - {tab})


def _last(tabs: dict) -> tuple | None:
    """The tab where a question is open, else the one that was heard of last."""
    return max(tabs.values(), key=lambda row: (bool(row[1]), row[3]), default=None)


def _tabs(application: Application, user_id: int, at: datetime) -> dict:
    return _alive(cache.get(_key(application, user_id)), at)


def _alive(tabs: dict | None, at: datetime) -> dict:
    return {name: row for name, row in (tabs or {}).items() if at - row[3] < SEEN_FOR}


def _key(application: Application, user_id: int) -> str:
    return f"here:{application.pk}:{user_id}"
