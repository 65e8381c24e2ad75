"""When rounds open and close: the default generator (domain section 0.4)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from applications.states import RoundState, Season
from icld_portal.clock import local_date, start_of

_WINDOWS = {
    Season.SPRING: ((2, 15), (3, 15)),
    Season.AUTUMN: ((9, 15), (10, 15)),
}

ENFORCED_AFTER = timedelta(minutes=10)
"""How long after the close the deadline is carried out: longer than a request may take (120 s)."""


SIGNED_WITHIN = timedelta(days=30)
"""How long after the last day of a round signatories may take, until an admin says otherwise."""


@dataclass(frozen=True)
class Window:
    season: Season
    opens_at: datetime
    closes_at: datetime


def window(year: int, season: Season) -> Window:
    """The default window of a round.

    15 Feb–15 Mar or 15 Sep–15 Oct, Swedish time; the last day is included, so `closes_at` is the
    first instant outside: midnight when the 16th begins.
    """
    (first_month, first_day), (last_month, last_day) = _WINDOWS[season]
    after_last = date(year, last_month, last_day) + timedelta(days=1)
    return Window(season, start_of(date(year, first_month, first_day)), start_of(after_last))


def sign_by(closes_at: datetime) -> date:
    """The last day for signatures by the default generator: 14 April after 15 March."""
    return local_date(closes_at - datetime.resolution) + SIGNED_WITHIN


def is_open(opens_at: datetime, closes_at: datetime, at: datetime) -> bool:
    """Is a window open at that moment? The close itself is outside."""
    return opens_at <= at < closes_at


def state_of(opens_at: datetime, closes_at: datetime, at: datetime) -> RoundState:
    """upcoming, open or closed, as `at` has it."""
    if at < opens_at:
        return RoundState.UPCOMING
    return RoundState.OPEN if at < closes_at else RoundState.CLOSED
