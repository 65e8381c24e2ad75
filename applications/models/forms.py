from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.models.catalogue import Labelled
from applications.states import AskedIn, FormStatus, LimitUnit
from funding.states import Phase


class FormVersion(models.Model):
    """The questions of one phase, in one version."""

    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=FormStatus, default=FormStatus.DRAFT
    )

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["phase", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="form_version_once"),
            models.CheckConstraint(
                condition=models.Q(phase__in=Phase.values, status__in=FormStatus.values),
                name="form_version_states_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.number}"


class Question(Labelled):
    """A question whose answer is prose."""

    form_version = models.ForeignKey(
        FormVersion, on_delete=models.CASCADE, related_name="questions"
    )
    key = models.SlugField(_("key"))
    section = models.SlugField(_("section"))
    help_sv = models.TextField(_("help in Swedish"), blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    limit = models.PositiveIntegerField(_("limit"))
    limit_unit = models.CharField(_("counted in"), max_length=10, choices=LimitUnit)
    required = models.BooleanField(_("required at submission"), default=True)
    languages = models.CharField(_("languages"), max_length=4, choices=AskedIn)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["form_version", "key"], name="question_key_once"),
            models.CheckConstraint(
                condition=models.Q(limit_unit__in=LimitUnit.values, languages__in=AskedIn.values),
                name="question_states_known",
            ),
        ]

    @property
    def help(self) -> str:
        """The help text in the active language."""
        return self.help_en if get_language() == "en" else self.help_sv
