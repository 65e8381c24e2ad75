"""The world's currencies by ISO 4217, with their names, and how a rate is written."""

from datetime import date
from decimal import Decimal

from babel.core import get_global
from babel.numbers import format_decimal, get_currency_name, get_territory_currencies
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from icld_portal.formats import day as written_day

OWN = "SEK"


def foreign_currencies(day: date) -> list[tuple[str, str]]:
    """Letters and name of every currency that some country uses on a day, kronor left out."""
    codes = {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory, start_date=day)
    }
    return [(code, f"{code} – {currency_name(code)}") for code in sorted(codes - {OWN})]


def currency_name(code: str) -> str:
    """ "kenyansk shilling", "Kenyan shilling", by the active language."""
    return get_currency_name(code, locale=get_language() or "sv")


def rate_text(rate: Decimal) -> str:
    """Without needless zeros: "0,0812", "0.0812" in English."""
    return format_decimal(rate, "#,##0.########", locale=get_language() or "sv")


def rate_told(rate: Decimal, valid_on: date, source: str) -> str:
    """ "kurs 0,0812 den 15 februari 2027, Riksbanken"."""
    figures = {"rate": rate_text(rate), "day": written_day(valid_on), "source": source}
    return _("rate %(rate)s on %(day)s, %(source)s") % figures
