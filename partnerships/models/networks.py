import pghistory
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.models.organisations import Organisation
from partnerships.querysets import NetworkQuerySet


@pghistory.track()
class Network(models.Model):
    """Partnerships that work in parallel on one theme for some years (domain section 4).

    Its members are the Swedish organisations that take part: they apply in the network's rounds.
    """

    name_sv = models.CharField(_("name in Swedish"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80, unique=True)
    members = models.ManyToManyField(
        Organisation, blank=True, related_name="networks", verbose_name=_("members")
    )

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name_sv"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """By the active language."""
        return self.name_en if get_language() == "en" else self.name_sv
