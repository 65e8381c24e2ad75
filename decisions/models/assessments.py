"""What assessors have scored and written of a case."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions.models.cases import Case
from decisions.models.criteria import CriteriaSet, Criterion
from decisions.querysets import AssessmentQuerySet
from decisions.scoring import HIGHEST, LOWEST, Given, weighted_mean
from decisions.states import AssessmentKind


class Assessment(models.Model):
    """One officer's judgement of a case, or what two have agreed on (`joint`).

    A draft until it is handed in: nobody else reads a draft, and who has one does not read the
    others'. Handed in it stands. Those from before there were criteria have a text alone.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=10, choices=AssessmentKind, default=AssessmentKind.OWN)
    criteria_set = models.ForeignKey(
        CriteriaSet, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("assessment"), blank=True)
    at = models.DateTimeField()
    handed_in_at = models.DateTimeField(_("handed in"), null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "by"], condition=Q(kind="own"), name="assessment_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="joint"), name="assessment_one_joint"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AssessmentKind.values), name="assessment_kind_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="stands_once_handed_in",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__handed_in_at__isnull=False)
                & pgtrigger.Q(new__handed_in_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.by}"

    @property
    def is_handed_in(self) -> bool:
        return self.handed_in_at is not None

    @property
    def is_joint(self) -> bool:
        return self.kind == AssessmentKind.JOINT

    @property
    def given(self) -> list[Given]:
        """Its scores, in the order of the criteria; of one read with `with_scores`."""
        return [Given(*row) for row in self.score_rows]

    @property
    def mean(self):
        """The weighted mean of its scores, or None."""
        return weighted_mean(self.given)


class Score(models.Model):
    """The score of one criterion, with its reason; empty parts are not given yet."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=LOWEST, value__lte=HIGHEST),
                name="score_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"
