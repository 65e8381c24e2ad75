"""The world's currencies by ISO 4217, with their names, and how a rate is written."""

from datetime import date
from decimal import Decimal

from babel.core import get_global
from babel.numbers import format_decimal, get_currency_name, get_territory_currencies
from django.utils.translation import get_language

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
