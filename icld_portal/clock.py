"""The portal's clock: the only source of case time.

Real time plus an offset that is zero except in demo mode, where it is read once per request and
task into a context variable. Sessions, tokens and rate limits never use it: they run on real time.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta())


def now() -> datetime:
    """The moment now, aware, in UTC, with the demo offset applied."""
    return real_now() + _offset.get()


def real_now() -> datetime:
    """The moment on the machine's own clock, aware, in UTC."""
    return datetime.now(UTC)


def shifted(real: datetime) -> datetime:
    """Case time of a moment that was stamped on the machine's own clock."""
    return real + _offset.get()


@contextmanager
def offset(value: timedelta):
    """Run a block of code with the clock moved by `value`."""
    token = _offset.set(value)
    try:
        yield
    finally:
        _offset.reset(token)


def stockholm(moment: datetime) -> datetime:
    """The same moment as it is read on a clock in Sweden."""
    return moment.astimezone(STOCKHOLM)


def local_date(moment: datetime) -> date:
    """The date in Sweden at that moment."""
    return stockholm(moment).date()


def start_of(day: date) -> datetime:
    """The first instant of a day in Sweden."""
    return datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
