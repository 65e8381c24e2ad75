"""The moments of the demo: where its clock begins, and those worth a visit. Pure; no models."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from applications.round_dates import ENFORCED_AFTER, window
from applications.states import Season
from icld_portal import clock

BEFORE_LAST_DAY = timedelta(days=5)
MID_ROUND = time(9, 12)


@dataclass(frozen=True)
class Visit:
    """A moment one may move the clock to, and what can be seen then."""

    at: datetime
    label: str
    hint: str


def first_moment(today: date) -> datetime:
    """Where the clock of a new demo stands: five days before the next round's last day, 09.12.

    `today` is the Swedish date by real time. The round is the first one that closes after it, so
    that a newcomer can apply on any day of the year.
    """
    windows = [window(year, season) for year in (today.year, today.year + 1) for season in Season]
    coming = [each.closes_at for each in windows if each.closes_at > clock.start_of(today)]
    return on_day(clock.local_date(min(coming)) - timedelta(days=1) - BEFORE_LAST_DAY, MID_ROUND)


def visits(closes_at: datetime, decision_on: date | None) -> list[Visit]:
    """The moments of one round, in order. `closes_at` is the first instant outside it."""
    last_day = clock.local_date(closes_at - timedelta(microseconds=1))
    found = [
        Visit(
            on_day(last_day - BEFORE_LAST_DAY, MID_ROUND),
            _("In the middle of the round"),
            _("Five days are left."),
        ),
        Visit(
            closes_at - timedelta(minutes=20),
            _("The last evening"),
            _("Twenty minutes are left to submit."),
        ),
        Visit(
            closes_at + timedelta(minutes=1),
            _("One minute after the close"),
            _("Submitting is refused and the text is kept."),
        ),
        Visit(
            closes_at + ENFORCED_AFTER,
            _("Ten minutes after the close"),
            _("The deadline is carried out: drafts lapse and people are told."),
        ),
    ]
    if decision_on:
        at = on_day(decision_on, time(10, 0))
        found.append(Visit(at, _("The day of the decision"), _("Officers and deciders at work.")))
    return found


def on_day(day: date, at: time) -> datetime:
    """That time of that day on a clock in Sweden."""
    return datetime.combine(day, at, tzinfo=clock.STOCKHOLM)


def first_workday(day: date) -> date:
    """That day, or the Monday after it when it falls in a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
