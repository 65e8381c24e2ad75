"""What an application chooses from: areas, core areas, global goals."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Labelled(models.Model):
    """A row with a label in both languages."""

    label_sv = models.CharField(_("Swedish"), max_length=120)
    label_en = models.CharField(_("English"), max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the active language."""
        return self.label_en if get_language() == "en" else self.label_sv


class Area(Labelled):
    """One of the nine areas of cooperation."""

    key = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("area of cooperation")
        verbose_name_plural = _("areas of cooperation")
        ordering = ["order"]


class CoreArea(Labelled):
    """One of the four core areas of local democracy, with ICLD's definition."""

    key = models.SlugField(unique=True)
    short_sv = models.CharField(_("short, Swedish"), max_length=40)
    short_en = models.CharField(_("short, English"), max_length=40)
    help_sv = models.TextField(_("definition in Swedish"))
    help_en = models.TextField(_("definition in English"))
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("core area")
        verbose_name_plural = _("core areas")
        ordering = ["order"]

    @property
    def help(self) -> str:
        """The definition in the active language."""
        return self.help_en if get_language() == "en" else self.help_sv


class GlobalGoal(Labelled):
    """One of the 17 Global Goals of the 2030 Agenda."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)

    class Meta:
        verbose_name = _("global goal")
        verbose_name_plural = _("global goals")
        ordering = ["number"]
