from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from funding.states import CostGroup, Phase


def every_phase() -> list[str]:
    return list(Phase.values)


class CostType(models.Model):
    """What a budget line may be for. Only the listed types are covered (domain section 0.3)."""

    key = models.SlugField(_("key"), unique=True)
    label_sv = models.CharField(_("Swedish"), max_length=80)
    label_en = models.CharField(_("English"), max_length=80)
    group = models.CharField(_("group"), max_length=10, choices=CostGroup)
    phases = ArrayField(
        models.CharField(max_length=15, choices=Phase),
        verbose_name=_("phases"),
        default=every_phase,
        help_text=_("The phases that cover this cost."),
    )
    help_sv = models.TextField(_("help in Swedish"), blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("cost type")
        verbose_name_plural = _("cost types")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(group__in=CostGroup.values), name="cost_type_group_known"
            ),
            models.CheckConstraint(
                condition=models.Q(phases__contained_by=Phase.values),
                name="cost_type_phases_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label_en if get_language() == "en" else self.label_sv

    @property
    def help(self) -> str:
        return self.help_en if get_language() == "en" else self.help_sv

    @property
    def is_pay(self) -> bool:
        """Salary or fee: counted as persons × days × kronor a day."""
        return self.group != CostGroup.EXPENSE
