from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Submission
from decisions.amounts import Amounts
from decisions.models.criteria import CriteriaSet
from decisions.querysets import CaseQuerySet, ProposalQuerySet
from decisions.states import CaseFlag, CaseState, Outcome
from funding.models import Budget


class Case(models.Model):
    """ICLD's side of an application, hidden from its parties until release.

    What the queue shows, sorts and finds it by is copied from `submission`, the newest that has
    been taken in (`decisions.case_facts`); pages of the case itself read the submission.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.RECEIVED)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("case officer"),
    )
    opened_at = models.DateTimeField()
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    amount_sek = models.PositiveIntegerField(_("amount, SEK"), null=True, editable=False)
    title_sv = models.CharField(max_length=200, blank=True, editable=False)
    title_en = models.CharField(max_length=200, blank=True, editable=False)
    parties = models.JSONField(default=list, editable=False)
    countries = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    flags = ArrayField(
        models.CharField(max_length=20, choices=CaseFlag), default=list, editable=False
    )
    sought = models.TextField(blank=True, editable=False)
    criteria_set = models.ForeignKey(
        CriteriaSet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("set of criteria"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CaseState.values), name="case_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["state"], name="case_by_state"),
            models.Index(fields=["-received_at"], name="case_by_received"),
        ]

    def __str__(self) -> str:
        return f"{self.application.dnr} {self.application}"

    @property
    def title(self) -> str:
        """The title that was handed in, in the active language if it has one."""
        own, other = self.title_sv, self.title_en
        return (other or own) if get_language() == "en" else (own or other)

    @property
    def assessors(self) -> int:
        """How many assess it, not seeing each other."""
        return self.criteria_set.assessors if self.criteria_set else 1

    @property
    def flag_labels(self) -> list[str]:
        return [str(CaseFlag(flag).label) for flag in self.flags]


class Proposal(models.Model):
    """What the officer proposes. The newest counts; older ones are kept.

    `budget` is a locked copy of the submission's, its lines reduced to what is proposed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    reasons = models.TextField(_("reasons"))
    conditions = models.TextField(_("conditions"), blank=True)
    budget = models.OneToOneField(Budget, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="proposal_outcome_known"
            ),
            models.CheckConstraint(condition=~models.Q(reasons=""), name="proposal_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"

    @property
    def amounts(self) -> Amounts:
        """What is proposed, line by line; of a proposal read with `with_amounts`."""
        return Amounts.of(self.line_amounts)
