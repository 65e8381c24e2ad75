import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.querysets import CountryQuerySet
from partnerships.sorting import sort_key
from partnerships.states import Region


@pghistory.track()
class Country(models.Model):
    """A country that occurs in the programme; open for new applications or not."""

    code = models.CharField(
        _("code"), max_length=2, unique=True, help_text=_("Two letters, ISO 3166-1 (XK: Kosovo).")
    )
    region = models.CharField(
        _("region"), max_length=10, choices=Region, help_text=_("Decides the ceiling.")
    )
    name_sv = models.CharField(_("name in Swedish"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80, unique=True)
    former_names = models.CharField(
        _("former names"), max_length=200, blank=True, help_text=_("For search. Comma between.")
    )
    sort_key = models.CharField(max_length=80, editable=False)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(region__in=Region.values), name="country_region_known"
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="country_code_two_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.sort_key = sort_key(self.name_sv)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_en if get_language() == "en" else self.name_sv


@pghistory.track()
class OpenPeriod(models.Model):
    """When a country takes new applications. First and last day are both included."""

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="periods", verbose_name=_("country")
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Empty while the country is open. Running cases go on after it."),
    )
    at_once = models.BooleanField(
        _("stop drafts too"),
        default=False,
        help_text=_("Drafts that were begun before the last day can no longer be submitted."),
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("open period")
        verbose_name_plural = _("open periods")
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="open_period_in_order",
                violation_error_message=_("The last day may not come before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(at_once=False) | ~models.Q(reason=""),
                name="open_period_at_once_has_reason",
                violation_error_message=_("Give the reason: it is told to those who have drafts."),
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=models.Q(closes_on__isnull=True),
                name="open_period_one_open",
                violation_error_message=_("The country already has a period without a last day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.opens_on}–{self.closes_on or ''}"

    def clean(self) -> None:
        if self.closes_on and not self.reason.strip():
            raise ValidationError({"reason": _("Give a reason for closing the country.")})
