"""How the portal writes money, dates and times: pure functions, no models.

Every function takes `language` ("sv" or "en"); without it the active one is used. Moments are aware
datetimes, whatever their zone, and are always shown on Swedish clocks. Amounts and units are held
together by no-break spaces.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from babel.dates import format_date
from django.utils.translation import get_language, gettext, ngettext

from icld_portal.clock import local_date, start_of, stockholm

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def _language(language: str | None) -> str:
    """The language to write in: the one asked for, else the active one, else Swedish."""
    return "en" if (language or get_language() or "sv").startswith("en") else "sv"


# --- numbers ------------------------------------------------------------------------------------


def number(value: int | Decimal, language: str | None = None) -> str:
    """4800 -> "4 800". Decimals keep their two places: "4 800,50" (English "4 800.50").

    Thousands are spaced in both languages: "4,800" would be under five to half of the readers.
    """
    digits = f"{abs(value):,.2f}" if isinstance(value, Decimal) else f"{abs(value):,}"
    mark = "." if _language(language) == "en" else ","
    text = digits.replace(",", NBSP).replace(".", mark)
    return f"{MINUS}{text}" if value < 0 else text


def quantity(value: Decimal, language: str | None = None) -> str:
    """A number without needless zeros: "10", "2,5" (English "2.5"), "1 000"."""
    if value == value.to_integral_value():
        return number(int(value), language)
    mark = "." if _language(language) == "en" else ","
    return number(value, language).rstrip("0").rstrip(mark)


def kronor(value: int | Decimal, language: str | None = None) -> str:
    """4800 -> "4 800 kr", in English "SEK 4 800"."""
    text = number(value, language)
    return f"SEK{NBSP}{text}" if _language(language) == "en" else f"{text}{NBSP}kr"


def percent(part: int | Decimal, whole: int | Decimal, language: str | None = None) -> str:
    """How large a share, to a tenth of a per cent, always rounded up: 50001 of 100000 -> "50,1 %".

    Rounded up so that a share just over a limit never reads as within it. An empty whole is 0.
    """
    tenths = ceil(Fraction(part) * 1000 / Fraction(whole)) if whole else 0
    return percent_exact(Decimal(tenths) / 10, language)


def percent_exact(value: Decimal | str, language: str | None = None) -> str:
    """A limit in per cent as it stands: "50 %", "33,5 %" (English "33.5%")."""
    text = quantity(Decimal(value), language)
    return f"{text}%" if _language(language) == "en" else f"{text}{NBSP}%"


def file_size(count: int, language: str | None = None) -> str:
    """Of a file, in bytes: "12 kB", "2,3 MB", "20 MB" (English "2.3 MB"); never less than 1 kB."""
    mega = 1024 * 1024
    if count < mega:
        return f"{max(1, round(count / 1024))}{NBSP}kB"
    return f"{quantity(round(Decimal(count) / mega, 1), language)}{NBSP}MB"


# --- days ---------------------------------------------------------------------------------------


def day(value: date, language: str | None = None) -> str:
    """ "15 mars 2027", "15 March 2027"."""
    return _pattern(value, "d MMMM y", language)


def day_short(value: date, language: str | None = None) -> str:
    """Without the year: "15 mars", "15 March"."""
    return _pattern(value, "d MMMM", language)


def weekday(value: date, language: str | None = None) -> str:
    """With its weekday, without the year: "måndag 15 mars", "Monday 15 March"."""
    return _pattern(value, "EEEE d MMMM", language)


def weekday_long(value: date, language: str | None = None) -> str:
    """ "måndag 15 mars 2027", "Monday 15 March 2027"."""
    return _pattern(value, "EEEE d MMMM y", language)


def period(starts_on: date, ends_on: date, language: str | None = None) -> str:
    """Both days included: "1 september 2027 – 31 augusti 2030"."""
    return f"{day(starts_on, language)} {DASH} {day(ends_on, language)}"


def _pattern(value: date, pattern: str, language: str | None) -> str:
    """A date, or the Swedish date of a moment; the number is never parted from its month."""
    if isinstance(value, datetime):
        value = local_date(value)
    text = format_date(value, pattern, locale=_language(language))
    return re.sub(r"(\d) (?=\w)", rf"\1{NBSP}", text, count=1)


# --- clock --------------------------------------------------------------------------------------


def clock(moment: datetime, language: str | None = None) -> str:
    """Swedish time to the minute: "kl. 14.03", in English "14:03"."""
    return _clock(moment, "%H.%M", language)


def clock_seconds(moment: datetime, language: str | None = None) -> str:
    """Only for receipts and logs: "kl. 21.47.03", in English "21:47:03"."""
    return _clock(moment, "%H.%M.%S", language)


def moment(value: datetime, language: str | None = None) -> str:
    """ "15 mars 2027 kl. 14.03", "15 March 2027, 14:03"."""
    return _join(day(value, language), clock(value, language), language)


def receipt_moment(value: datetime, language: str | None = None) -> str:
    """To the second: "15 mars 2027 kl. 21.47.03", "15 March 2027, 21:47:03"."""
    return _join(day(value, language), clock_seconds(value, language), language)


def weekday_moment(value: datetime, language: str | None = None) -> str:
    """ "onsdag 10 mars 2027 kl. 09.12", "Wednesday 10 March 2027, 09:12"."""
    return _join(weekday_long(value, language), clock(value, language), language)


def _clock(value: datetime, pattern: str, language: str | None) -> str:
    text = stockholm(value).strftime(pattern)
    if _language(language) == "en":
        return text.replace(".", ":")
    return f"kl.{NBSP}{text}"


def _join(day_text: str, clock_text: str, language: str | None) -> str:
    mark = ", " if _language(language) == "en" else " "
    return f"{day_text}{mark}{clock_text}"


# --- deadlines ----------------------------------------------------------------------------------


def last_day(closes_at: datetime) -> date:
    """The last day that counts. `closes_at` is the first instant outside."""
    return local_date(closes_at - timedelta(microseconds=1))


def deadline(closes_at: datetime) -> str:
    """The deadline in the one way it is written, in the active language, to stand in a sentence.

    "till och med måndag 15 mars, till midnatt svensk tid". A round extended to an hour of its own
    says that hour instead of midnight.
    """
    figures = {"day": weekday(last_day(closes_at))}
    if closes_at == start_of(local_date(closes_at)):
        return gettext("up to and including %(day)s, until midnight Swedish time") % figures
    figures["clock"] = clock(closes_at)
    return gettext("up to and including %(day)s, until %(clock)s Swedish time") % figures


def days_left(closes_at: datetime, at: datetime) -> int:
    """Whole days from today to the last day, by the Swedish calendar; 0 on the last day itself.

    Negative once closed.
    """
    return (last_day(closes_at) - local_date(at)).days


def days_left_text(closes_at: datetime, at: datetime) -> str:
    """ "5 dagar kvar", "1 dag kvar", "Sista dagen, till midnatt", or "Stängd", in the active
    language. Minutes are not counted: a page that stays open would soon tell the wrong number."""
    if at >= closes_at:
        return gettext("Closed")
    count = days_left(closes_at, at)
    if count == 0 and closes_at == start_of(local_date(closes_at)):
        return gettext("Last day, until midnight Swedish time")
    if count == 0:
        return gettext("Last day, until %(clock)s Swedish time") % {"clock": clock(closes_at)}
    return ngettext("%(count)s day left", "%(count)s days left", count) % {"count": count}
