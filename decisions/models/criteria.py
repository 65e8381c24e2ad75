"""What cases are assessed by: sets of criteria as data, and which set a round's phase uses."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.models import Round
from decisions.querysets import CriteriaSetQuerySet
from decisions.states import CriteriaStatus
from funding.states import Phase

_LOCKED = """
    IF EXISTS (
        SELECT 1 FROM decisions_criteriaset s
        WHERE s.id = COALESCE(NEW.criteria_set_id, OLD.criteria_set_id) AND s.status = 'published'
    ) THEN
        RAISE EXCEPTION 'the criteria of a published set stay as they are';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


@pghistory.track()
class CriteriaSet(models.Model):
    """The criteria of a phase, and how many assess each case by them, not seeing each other.

    A draft is edited; a published set stays, so that what was scored can always be read.
    """

    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=10, choices=CriteriaStatus, default=CriteriaStatus.DRAFT
    )
    assessors = models.PositiveSmallIntegerField(_("assessors"), choices=[(1, "1"), (2, "2")])

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of criteria")
        verbose_name_plural = _("sets of criteria")
        ordering = ["phase", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="criteria_set_once"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="criteria_set_phase"),
            models.CheckConstraint(
                condition=Q(status__in=CriteriaStatus.values), name="criteria_set_status"
            ),
            models.CheckConstraint(
                condition=Q(assessors__in=[1, 2]), name="criteria_set_assessors"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.number}"

    @property
    def is_published(self) -> bool:
        return self.status == CriteriaStatus.PUBLISHED


class Criterion(models.Model):
    """One question, scored from 1 to 4 with a reason."""

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("set")
    )
    key = models.SlugField(_("key"), max_length=30)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label_sv = models.CharField(_("label in Swedish"), max_length=80)
    label_en = models.CharField(_("label in English"), max_length=80)
    question_sv = models.CharField(_("question in Swedish"), max_length=300)
    question_en = models.CharField(_("question in English"), max_length=300)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    evidence_required = models.BooleanField(
        _("asks where the ground stands"),
        default=False,
        help_text=_("The assessor says where in the application the ground for the score stands."),
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["criteria_set", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "key"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_LOCKED,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if get_language() == "en" else self.label_sv

    @property
    def question(self) -> str:
        return self.question_en if get_language() == "en" else self.question_sv


@pghistory.track()
class RoundCriteria(models.Model):
    """The set that a phase of a round is assessed by, where an administrator has chosen one. Else
    each case is assessed by the newest published one when its first assessment begins."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("set of criteria")
    )

    class Meta:
        verbose_name = _("criteria of a round")
        verbose_name_plural = _("criteria of rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "phase"], name="round_criteria_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.get_phase_display()}"
