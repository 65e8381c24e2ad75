"""Red days: what falls due on one can be done on the next working day.

Sundays, Saturdays, public holidays, and midsommarafton, julafton and nyårsafton, which count alike
(lag (1930:173) om beräkning av lagstadgad tid, 2 §). It moves what ICLD asks of somebody after the
close: signatures and promised attachments. The last day of a round is never moved: it stands as it
is announced, red or not (domain section 0.4).
"""

from datetime import date, timedelta

from holidays import DE_FACTO, PUBLIC
from holidays.countries import Sweden

_HOLIDAYS = Sweden(categories=(PUBLIC, DE_FACTO))
_SATURDAY = 5
_DAY = timedelta(days=1)


def is_red(day: date) -> bool:
    return day.weekday() >= _SATURDAY or day in _HOLIDAYS


def next_working_day(day: date) -> date:
    """The day itself, or the first after it that is not red."""
    while is_red(day):
        day += _DAY
    return day


def last_day_overdue(today: date) -> date:
    """What fell due on that day or earlier is late today: the last working day before today."""
    day = today - _DAY
    while is_red(day):
        day -= _DAY
    return day
