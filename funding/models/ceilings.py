import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.querysets import CeilingScheduleQuerySet
from funding.states import Basis, CeilingKind, Phase, ScheduleStatus
from partnerships.states import Region


@pghistory.track()
class CeilingSchedule(models.Model):
    """A dated set of ceilings. In force: the latest published `valid_from` on or before a day."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    status = models.CharField(
        _("status"), max_length=10, choices=ScheduleStatus, default=ScheduleStatus.DRAFT
    )
    source = models.TextField(_("source"))
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT
    )

    objects = CeilingScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("ceiling schedule")
        verbose_name_plural = _("ceiling schedules")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ScheduleStatus.values), name="schedule_status_known"
            ),
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=models.Q(status="published"),
                name="schedule_one_published_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.name}"


@pghistory.track()
class Ceiling(models.Model):
    """One cell of a schedule: how much, on what basis, and whether it blocks or guides."""

    schedule = models.ForeignKey(CeilingSchedule, on_delete=models.CASCADE, related_name="cells")
    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    region = models.CharField(_("region"), max_length=10, choices=Region)
    multi_party = models.BooleanField(_("multi-party"), default=False)
    amount_sek = models.PositiveIntegerField(_("amount, SEK"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    kind = models.CharField(_("kind"), max_length=10, choices=CeilingKind)

    class Meta:
        verbose_name = _("ceiling")
        verbose_name_plural = _("ceilings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "phase", "region", "multi_party"], name="ceiling_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_sek__gt=0), name="ceiling_amount_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    phase__in=Phase.values,
                    region__in=Region.values,
                    basis__in=Basis.values,
                    kind__in=CeilingKind.values,
                ),
                name="ceiling_states_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}, {self.get_region_display()}: {self.amount_sek}"
