"""A new exchange rate, the way people write one."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from funding.currencies import foreign_currencies, rate_text
from funding.models import ExchangeRate
from icld_portal import clock
from icld_portal.formats import MINUS, day

_RATE = re.compile(r"[0-9]{1,10}(?:[.,][0-9]{1,8})?")


class RateField(forms.CharField):
    """Kronor for one unit, "0,0812" or "0.0812": a comma or a point is always the decimal mark."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        text = "".join((super().to_python(value) or "").split())
        if not text:
            return None
        if text[0] in f"-{MINUS}" or not _RATE.fullmatch(text):
            raise ValidationError(
                _("Write kronor for one unit with at most eight decimals, for example 0,0812."),
                code="not_a_rate",
            )
        return Decimal(text.replace(",", "."))


class ExchangeRateForm(forms.ModelForm):
    currency = forms.ChoiceField(label=_("Currency"))
    rate = RateField(
        label=_("Kronor for one"),
        help_text=_("Swedish kronor for one unit of the currency, for example 0,0812."),
    )

    sure = forms.BooleanField(
        label=_("The rate is right, although it differs much from the one before"), required=False
    )

    class Meta:
        model = ExchangeRate
        fields = ["currency", "rate", "valid_on", "source"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = clock.local_date(clock.now())
        self.fields["currency"].choices = [("", _("Choose")), *foreign_currencies(today)]

    def clean_rate(self) -> Decimal:
        if self.cleaned_data["rate"] == 0:
            raise ValidationError(_("The rate must be more than zero."), code="not_positive")
        return self.cleaned_data["rate"]

    def clean_valid_on(self):
        if self.cleaned_data["valid_on"] > clock.local_date(clock.now()):
            raise ValidationError(_("The day of a rate cannot be in the future."), code="future")
        return self.cleaned_data["valid_on"]

    def clean(self) -> dict[str, Any]:
        """A rate more than twice or less than half the one before is most likely typed wrong."""
        cleaned = super().clean()
        others = ExchangeRate.objects.filter(currency=cleaned.get("currency"))
        before = others.exclude(pk=self.instance.pk).order_by("-valid_on").first()
        rate = cleaned.get("rate")
        if (
            before
            and rate
            and not cleaned["sure"]
            and not before.rate / 2 <= rate <= before.rate * 2
        ):
            told = _(
                "The rate before, of %(day)s, is %(rate)s. Look again, or tick that it is right."
            )
            figures = {"day": day(before.valid_on), "rate": rate_text(before.rate)}
            self.add_error("rate", ValidationError(told, "far_off", figures))
        return cleaned
