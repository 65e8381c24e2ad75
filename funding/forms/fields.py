"""Form fields for money and numbers, read the way people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funding.money import AmountError, parse_kronor, parse_quantity
from icld_portal.formats import number, quantity


class KronorField(forms.CharField):
    """Whole kronor the way people write them: "4 800", "4.800", "4 800 kr". Öre are refused."""

    def __init__(self, **options) -> None:
        attrs = {"class": "is-short", "inputmode": "numeric", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        text = super().to_python(value)
        return _read(parse_kronor, text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value


class QuantityField(forms.CharField):
    """A number of days, nights or pieces with at most two decimals; a half is "0,5" or "0.5"."""

    def __init__(self, **options) -> None:
        attrs = {"class": "is-short", "inputmode": "decimal", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:
        text = super().to_python(value)
        return _read(parse_quantity, text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return quantity(value) if isinstance(value, Decimal) else value


def _read(parse, text: str) -> Any:
    try:
        return parse(text)
    except AmountError as error:
        raise ValidationError(error.text(), code=error.code) from None
