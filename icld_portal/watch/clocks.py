"""This process's clock beside the database's. Everybody who judges a deadline shares the latter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from django.db import Error, connection

from icld_portal import clock, outages

TOLERANCE = timedelta(seconds=30)
"""How far a clock may stand from the database's before it may not judge a deadline."""

ASKED_EVERY = 30
"""Seconds for which a process remembers how its clock stands."""


@dataclass(frozen=True)
class Reading:
    """How far this clock is ahead of the database's (negative: behind), and how long it took to
    ask. The truth lies within half of `took` on either side."""

    ahead: timedelta
    took: timedelta

    @property
    def is_off(self) -> bool:
        """Whether the clock is surely wrong; a slow answer proves nothing."""
        return abs(self.ahead) - self.took / 2 > TOLERANCE

    @property
    def true_now(self) -> datetime:
        """The moment now, by the database's clock."""
        return clock.real_now() - self.ahead


class WrongClock(Exception):
    """This process must not judge deadlines."""


def ensure_right() -> None:
    """For work that goes by deadlines: somebody with a right clock does it. Raises `WrongClock`."""
    found = reading()
    if found.is_off:
        raise WrongClock(f"this clock is {found.ahead.total_seconds():+.0f} s from the database's")


def reading() -> Reading:
    """Ask the database what time it is. Raises django.db.Error when it does not answer.

    Asked of the driver itself: nothing of Django's stands between the two looks at our own clock.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        before, began = clock.real_now(), monotonic()
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
        took = timedelta(seconds=monotonic() - began)
    return Reading(ahead=before + took / 2 - theirs, took=took)


class Memory:
    """What this process knows of its own clock: asks at most once in `ASKED_EVERY` seconds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ask_from = 0.0
        self._last = Reading(timedelta(), timedelta())

    def is_known_wrong(self) -> bool:
        """Whether the clock was wrong when last asked; a database that is down says nothing new."""
        if self._is_my_turn():
            try:
                self.learn(reading())
            except Error:
                self._ask_from = monotonic() + outages.PAUSE
        return self._last.is_off

    def learn(self, found: Reading) -> None:
        self._last = found

    def true_now(self) -> datetime:
        """The moment now; by the database's clock as far as ours is known to be wrong."""
        return self._last.true_now if self._last.is_off else clock.real_now()

    def _is_my_turn(self) -> bool:
        """One thread asks; the others go by what is known."""
        with self._lock:
            if monotonic() < self._ask_from:
                return False
            self._ask_from = monotonic() + ASKED_EVERY
            return True


memory = Memory()
