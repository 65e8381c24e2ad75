import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.querysets import ExchangeRateQuerySet


@pghistory.track()
class ExchangeRate(models.Model):
    """What a currency was worth in kronor on a day, and who says so. A new rate is a new row."""

    currency = models.CharField(
        _("currency"),
        max_length=3,
        validators=[RegexValidator(r"^(?!SEK)[A-Z]{3}$", _("Three capital letters: KES, GEL."))],
        help_text=_("Its three letters by ISO 4217, for example KES."),
    )
    rate = models.DecimalField(
        _("kronor for one"),
        max_digits=18,
        decimal_places=8,
        help_text=_("Swedish kronor for one unit of the currency, for example 0,0812."),
    )
    valid_on = models.DateField(_("day of the rate"))
    source = models.CharField(_("source"), max_length=200)

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-valid_on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_on"], name="exchange_rate_once"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_on}: {self.rate.normalize():f}"
