"""Periods of a project: first and last day, both included, and the project years in between.

A project year begins on the same day of the year as the period. Where that day is missing
(29 February, or the 31st when counting months) it begins on the first of the next month, so that
29 February 2028 to 28 February 2029 is exactly one year.
"""

from calendar import isleap
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

ONE_DAY = timedelta(days=1)


class EndBeforeStart(ValueError):
    """The last day lies before the first. `text()` says what to do."""

    code = "end_before_start"
    message = _("The last day is before the first day. Change one of the dates.")

    def __init__(self, start: date, end: date) -> None:
        super().__init__(self.code)
        self.figures = {"start": start, "end": end}

    def text(self) -> str:
        return str(self.message)


def months(start: date, end: date) -> int:
    """Started months: 1 January to 31 January is 1, to 1 February is 2."""
    if end < start:
        raise EndBeforeStart(start, end)
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole + (end.day >= start.day)


def started_years(start: date, end: date) -> int:
    """Project years, the last one counted as soon as it has begun: 18 months are 2."""
    return -(-months(start, end) // 12)


def has_part_year(start: date, end: date) -> bool:
    """Is the last project year shorter than a whole one?"""
    return end < date.max and started_years(start, end + ONE_DAY) == started_years(start, end)


def year_spans(start: date, end: date) -> list[tuple[date, date]]:
    """First and last day of each project year, in order and without gaps."""
    first_days = [_years_after(start, count) for count in range(started_years(start, end))]
    last_days = [first - ONE_DAY for first in first_days[1:]] + [end]
    return list(zip(first_days, last_days, strict=True))


def last_day_of_year(start: date) -> date:
    """The last day of the project year that begins on a day."""
    return _years_after(start, 1) - ONE_DAY


def _years_after(start: date, count: int) -> date:
    year = start.year + count
    if (start.month, start.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return start.replace(year=year)
