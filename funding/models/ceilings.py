from collections.abc import Sequence
from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.budget_rules import Parameters
from funding.ceilings import CeilingResult, Cell, ceiling_for
from funding.querysets import CeilingScheduleQuerySet
from funding.states import Basis, CeilingKind, Phase, ScheduleStatus
from funding.wording import Bilingual
from partnerships.states import Region


@pghistory.track()
class CeilingSchedule(models.Model):
    """A dated set of ceilings and of the limits that budget rules go by.

    In force: the latest published `valid_from` on or before a day. A published schedule and its
    cells are never changed, not even by the database's owner; a later one takes over.
    """

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    status = models.CharField(
        _("status"), max_length=10, choices=ScheduleStatus, default=ScheduleStatus.DRAFT
    )
    source_sv = models.TextField(_("source in Swedish"))
    source_en = models.TextField(_("source in English"))
    max_day_rate_sek = models.PositiveIntegerField(
        _("highest price a day, SEK"),
        help_text=_("For salaries (with social charges) and fees, for each person."),
    )
    day_rate_source_sv = models.CharField(
        _("highest price a day: source in Swedish"), max_length=200
    )
    day_rate_source_en = models.CharField(
        _("highest price a day: source in English"), max_length=200
    )
    max_pay_percent = models.DecimalField(
        _("salaries and fees at most, per cent of the budget"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    pay_share_source_sv = models.CharField(
        _("share of salaries and fees: source in Swedish"), max_length=200
    )
    pay_share_source_en = models.CharField(
        _("share of salaries and fees: source in English"), max_length=200
    )
    min_visits_a_year = models.PositiveSmallIntegerField(
        _("exchange visits a year, at least"), help_text=_("0 if none are asked for.")
    )
    visits_source_sv = models.CharField(
        _("exchange visits a year: source in Swedish"), max_length=200
    )
    visits_source_en = models.CharField(
        _("exchange visits a year: source in English"), max_length=200
    )
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
            models.CheckConstraint(
                condition=models.Q(
                    max_day_rate_sek__gt=0, max_pay_percent__gte=0, max_pay_percent__lte=100
                ),
                name="schedule_limits_sane",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="stands_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status=ScheduleStatus.PUBLISHED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.name}"

    @property
    def source(self) -> Bilingual:
        return Bilingual(self.source_sv, self.source_en)

    @property
    def parameters(self) -> Parameters:
        """The limits as the budget rules want them."""
        return Parameters(
            max_day_rate_sek=self.max_day_rate_sek,
            max_pay_share=self.max_pay_percent / 100,
            min_visits_a_year=self.min_visits_a_year,
            day_rate_source=Bilingual(self.day_rate_source_sv, self.day_rate_source_en),
            pay_share_source=Bilingual(self.pay_share_source_sv, self.pay_share_source_en),
            visits_source=Bilingual(self.visits_source_sv, self.visits_source_en),
        )

    def ceiling_for(
        self,
        *,
        phase: str,
        regions: Sequence[str],
        multi_party: bool,
        years: int,
        part_year: bool = False,
    ) -> CeilingResult:
        """The ceiling by this schedule; one query unless its cells have been fetched already.

        Arguments and errors as for `funding.ceilings.ceiling_for`.
        """
        fetched = "cells" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.cells.all() if fetched else self.cells.filter(phase=phase)
        return ceiling_for(
            [row.cell for row in rows],
            phase=phase,
            regions=regions,
            multi_party=multi_party,
            years=years,
            schedule=self.key,
            source=self.source,
            part_year=part_year,
        )


_PUBLISHED = """
    IF EXISTS (
        SELECT 1 FROM funding_ceilingschedule s
        WHERE s.id IN (OLD.schedule_id, NEW.schedule_id) AND s.status = 'published'
    ) THEN
        RAISE EXCEPTION 'the schedule is published';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
        verbose_name = _("amount of a schedule")
        verbose_name_plural = _("amounts of a schedule")
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
        triggers = [
            pgtrigger.Trigger(
                name="stands_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_PUBLISHED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}, {self.get_region_display()}: {self.amount_sek}"

    @property
    def cell(self) -> Cell:
        """The row as the pure core wants it."""
        return Cell(
            self.phase, self.region, self.multi_party, self.amount_sek, self.basis, self.kind
        )
