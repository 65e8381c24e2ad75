"""Whole kronor: read from what people type, written as Swedes write them."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from funding.wording import worded

# A billion kronor: a hundred times the largest round, and it fits the database's integers.
MAX_AMOUNT_SEK = 1_000_000_000

_CURRENCY = re.compile(r"^(?:sek|kr)(?![a-z])|(?<![a-z])(?:kronor|kr\.?|sek|:-)$", re.IGNORECASE)
# Plain digits, or groups of three all parted by the same space, full stop or comma.
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMALS = re.compile(r"(?P<whole>.+)(?P<mark>[.,])(?P<decimals>[0-9]+)")
_SHOWN = 40  # characters of a refused text that are repeated to the person


class AmountError(ValueError):
    """A text that is not an amount in whole kronor. `code` names why; `text()` says what to do."""

    code = "not_an_amount"
    message = _("“%(text)s” is not an amount. Write digits only, for example 4 800.")

    def __init__(self, text: str = "") -> None:
        super().__init__(self.code)
        self.figures = {"text": text[:_SHOWN], "limit_sek": MAX_AMOUNT_SEK}

    def text(self) -> str:
        return worded(self.message, self.figures)


class NotWholeKronor(AmountError):
    code = "not_whole_kronor"
    message = _("“%(text)s” has öre. Write whole kronor, for example 4 800.")


class NegativeAmount(AmountError):
    code = "negative_amount"
    message = _("“%(text)s” is below zero. Write the amount without a minus sign.")


class EmptyAmount(AmountError):
    code = "empty_amount"
    message = _("Write an amount in whole kronor, for example 4 800.")


class AmountTooLarge(AmountError):
    code = "amount_too_large"
    message = _("“%(text)s” is more than %(limit_sek)s. Check the number of digits.")


class NegativeNumber(NegativeAmount):
    code = "negative_number"
    message = _("“%(text)s” is below zero. Write the number without a minus sign.")


class NumberTooLarge(AmountTooLarge):
    code = "number_too_large"
    message = _("“%(text)s” is too large a number. Check the number of digits.")


class NotANumber(AmountError):
    code = "not_a_number"
    message = _("“%(text)s” is not a number. Write digits, for example 2.5 or 1 000.")


class TooManyDecimals(AmountError):
    code = "too_many_decimals"
    message = _("“%(text)s” has too many decimals. Two are kept.")


def parse_kronor(text: str) -> int:
    """The amount in whole kronor that a person typed or pasted.

    Three digits after a space, full stop or comma are thousands: "4 800", "4.800", "4,800" and
    "4 800 kr" are all 4800, whatever kind of space. Öre that are zero ("4 800,00") are dropped;
    other decimals raise `NotWholeKronor`. Raises a subclass of `AmountError` (a `ValueError`).
    """
    number = _without_currency(text)
    if not number:
        raise EmptyAmount(text)
    if number[0] in "-\N{MINUS SIGN}\N{EN DASH}" and _amount(number[1:].lstrip()) is not None:
        raise NegativeAmount(text)
    amount = _amount(number)
    if amount is None:
        raise NotWholeKronor(text) if _has_decimals(number) else AmountError(text)
    if amount > MAX_AMOUNT_SEK:
        raise AmountTooLarge(text)
    return amount


def parse_quantity(text: str) -> Decimal:
    """A number of days, nights or pieces, read by `parse_decimal`, refused as a number."""
    try:
        return parse_decimal(text)
    except NegativeAmount:
        raise NegativeNumber(text) from None
    except AmountTooLarge:
        raise NumberTooLarge(text) from None


def parse_decimal(text: str) -> Decimal:
    """A quantity, or a price in another currency, with at most two decimals.

    Read as `parse_kronor` reads: "1 000", "1.000" and "1,000" are a thousand, "2,5" and "2.5" two
    and a half, "4.800,50" and "4,800.50" the same. Raises a subclass of `AmountError`.
    """
    number = " ".join(text.split())
    if not number:
        raise EmptyAmount(text)
    if number[0] in "-\N{MINUS SIGN}\N{EN DASH}":
        raise NegativeAmount(text)
    whole = _amount(number)
    value = Decimal(whole) if whole is not None else _with_decimals(number, text)
    if value > MAX_AMOUNT_SEK:
        raise AmountTooLarge(text)
    return value


def _with_decimals(number: str, text: str) -> Decimal:
    parts = _DECIMALS.fullmatch(number)
    whole = _amount(parts["whole"]) if parts and _is_other_mark(parts) else None
    if whole is None:
        raise NotANumber(text)
    decimals = parts["decimals"].rstrip("0")
    if len(decimals) > 2:
        raise TooManyDecimals(text)
    return Decimal(f"{whole}.{decimals or 0}")


def _without_currency(text: str) -> str:
    """The text with every kind of space as one plain space, without "kr", "SEK" or ":-"."""
    return _CURRENCY.sub("", " ".join(text.split())).strip()


def _amount(number: str) -> int | None:
    """The whole number written, or None if it is not one. A too long one becomes too large."""
    parts = _DECIMALS.fullmatch(number)
    if parts and parts["decimals"] in {"0", "00"} and _is_other_mark(parts):
        number = parts["whole"]
    if not _WHOLE.fullmatch(number):
        return None
    digits = re.sub("[ .,]", "", number).lstrip("0") or "0"
    return int(digits) if len(digits) < len(str(MAX_AMOUNT_SEK)) + 1 else MAX_AMOUNT_SEK + 1


def _has_decimals(number: str) -> bool:
    parts = _DECIMALS.fullmatch(number.lstrip("-\N{MINUS SIGN}\N{EN DASH} "))
    return bool(parts and _WHOLE.fullmatch(parts["whole"]) and _is_other_mark(parts))


def _is_other_mark(parts: re.Match[str]) -> bool:
    """Thousands and decimals are not parted by the same mark: "4,800.50", never "4,800,50"."""
    return parts["mark"] not in parts["whole"]
