import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Submission
from decisions.amounts import Amounts
from decisions.models.cases import Case
from decisions.querysets import LetterQuerySet
from decisions.states import GRANTING, Outcome
from funding.models import Budget


@pghistory.track()
class Decision(models.Model):
    """What was decided, by whom, on which submission. Told to nobody outside before release.

    `budget` is a locked copy of the submission's, its lines reduced to what is granted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    budget = models.OneToOneField(Budget, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    amount_sek = models.PositiveIntegerField(_("amount, SEK"))
    reasons = models.TextField(_("reasons"))
    conditions = models.TextField(_("conditions"), blank=True)
    guideline_accepted = models.BooleanField(_("guideline exceeded and accepted"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    presented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"))
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=GRANTING, amount_sek__gt=0)
                | Q(outcome=Outcome.REJECTED, amount_sek=0),
                name="decision_amount_fits_outcome",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="decision_release_paired",
            ),
            models.UniqueConstraint(fields=["case"], name="decision_one_a_case"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="stands_once_released",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class LetterText(models.Model):
    """A standing paragraph of the decision letter, edited in admin."""

    key = models.SlugField(_("key"), unique=True, editable=False)
    label_sv = models.CharField(_("label"), max_length=100)
    text_sv = models.TextField(_("text in Swedish"))
    text_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("letter text")
        verbose_name_plural = _("letter texts")
        ordering = ["label_sv"]

    def __str__(self) -> str:
        return self.label_sv


class Letter(models.Model):
    """A decision letter. The decision makes the row, release freezes it, the worker renders it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    version = models.PositiveSmallIntegerField(default=1)
    template_version = models.CharField(max_length=10)
    context = models.JSONField(null=True)
    queued_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rendered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision letter")
        verbose_name_plural = _("decision letters")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "version"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True, context__isnull=True)
                | Q(queued_at__isnull=False, context__isnull=False),
                name="letter_frozen_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True, rendered_at__isnull=True, sha256="")
                | (Q(pdf__isnull=False, rendered_at__isnull=False) & ~Q(sha256="")),
                name="letter_rendered_all_or_none",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="written_once",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__rendered_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="frozen_once_released",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__queued_at__isnull=False)
                & pgtrigger.Q(old__context__df=pgtrigger.F("new__context")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} v{self.version}"

    @property
    def amounts(self) -> Amounts:
        """What is granted, line by line; of a letter read with `with_decision`."""
        return Amounts.of(self.line_amounts)
