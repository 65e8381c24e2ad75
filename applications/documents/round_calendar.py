"""The rounds as a calendar that others subscribe to (RFC 5545), in the active language."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import (
    Alarm,
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
)

from applications.documents.round_facts import extension_told, facts, title
from applications.documents.round_list import ToldRound
from icld_portal.clock import STOCKHOLM, local_date, stockholm
from icld_portal.formats import deadline, last_day

KEPT = timedelta(days=365)
"""How long a closed round stays in the calendar."""

ALARMS = (timedelta(days=14), timedelta(days=3))
"""How long before the close a calendar reminds of it."""

LAST_HOUR = timedelta(hours=1)
_ASKED_EVERY = timedelta(hours=6)


def calendar(rounds: Iterable[ToldRound]) -> bytes:
    """Two events a round: the window as whole days, and the hour that ends at its close."""
    made = Calendar()
    made.add("prodid", "-//ICLD//Municipal Partnerships//SV")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("ICLD: application rounds"))
    made.add("name", _("ICLD: application rounds"))
    made.add("x-wr-timezone", STOCKHOLM.key)
    made.add("refresh-interval", _ASKED_EVERY, parameters={"VALUE": "DURATION"})
    made.add_component(_swedish_time())
    for told in rounds:
        made.add_component(_window(told))
        made.add_component(_close(told))
    return made.to_ical()


def _window(told: ToldRound) -> Event:
    """DTEND is the first day outside."""
    event = _event(told, "window")
    event.add("summary", _("%(round)s: open for applications") % {"round": title(told.round)})
    event.add("dtstart", local_date(told.round.opens_at))
    event.add("dtend", last_day(told.round.closes_at) + timedelta(days=1))
    return event


def _close(told: ToldRound) -> Event:
    event = _event(told, "close")
    summary = _("%(round)s closes") % {"round": title(told.round)}
    closes_at = stockholm(told.round.closes_at)
    event.add("summary", summary)
    event.add("dtstart", stockholm(told.round.closes_at - LAST_HOUR))
    event.add("dtend", closes_at)
    for before in ALARMS:
        event.add_component(_alarm(summary, before))
    return event


def _event(told: ToldRound, part: str) -> Event:
    """What both events of a round say alike. A calendar takes it anew when SEQUENCE has grown."""
    event = Event()
    event.add("uid", f"{told.round.public_id}-{part}")
    event.add("dtstamp", told.changed_at)
    event.add("last-modified", told.changed_at)
    event.add("sequence", len(told.extensions))
    event.add("status", "CONFIRMED" if told.is_ready else "TENTATIVE")
    event.add("transp", "TRANSPARENT")  # nobody is busy all month
    event.add("description", _description(told))
    event.add("url", f"{settings.PORTAL_URL}{reverse('rounds')}#{told.round.public_id}")
    return event


def _alarm(summary: str, before: timedelta) -> Alarm:
    """Counted from the close, which is where the event ends."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -before, parameters={"RELATED": "END"})
    return alarm


def _description(told: ToldRound) -> str:
    open_until = _("Open %(deadline)s.") % {"deadline": deadline(told.round.closes_at)}
    lines = [open_until, *(f"{label}: {value}" for label, value in facts(told))]
    return "\n".join(lines + [extension_told(each) for each in told.extensions])


def _swedish_time() -> Timezone:
    """As the EU has it since 1996: by rule, so that no year is the last."""
    zone = Timezone()
    zone.add("tzid", STOCKHOLM.key)
    zone.add_component(_half(TimezoneStandard(), "CET", month=10, hour=3, before=2, after=1))
    zone.add_component(_half(TimezoneDaylight(), "CEST", month=3, hour=2, before=1, after=2))
    return zone


def _half(
    half: Component, name: str, *, month: int, hour: int, before: int, after: int
) -> Component:
    """From the last Sunday of a month. `hour`: on the clocks of before; offsets in hours."""
    first = date(1996, month, 31 if month == 3 else 27)
    half.add("dtstart", datetime.combine(first, time(hour)))  # a clock on the wall has no zone
    half.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    half.add("tzoffsetfrom", timedelta(hours=before))
    half.add("tzoffsetto", timedelta(hours=after))
    half.add("tzname", name)
    return half
