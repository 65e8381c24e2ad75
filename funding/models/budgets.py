import uuid
from decimal import Decimal

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from funding.states import CostGroup
from partnerships.models import Party


class CostType(models.Model):
    """What a budget line may be for. Only the listed types are covered (domain section 0.3)."""

    key = models.SlugField(_("key"), unique=True)
    label_sv = models.CharField(_("Swedish"), max_length=80)
    label_en = models.CharField(_("English"), max_length=80)
    group = models.CharField(_("group"), max_length=10, choices=CostGroup)
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
        ]

    def __str__(self) -> str:
        return self.label_en if get_language() == "en" else self.label_sv

    @property
    def is_pay(self) -> bool:
        """Salary or fee: counted as persons × days × kronor a day."""
        return self.group != CostGroup.EXPENSE


class Budget(models.Model):
    """Lines of money. Knows no owner: applications and decisions point down to theirs."""

    locked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")

    def __str__(self) -> str:
        return f"#{self.pk}"


_LOCKED = """
    IF EXISTS (
        SELECT 1 FROM funding_budget b
        WHERE b.id IN (OLD.budget_id, NEW.budget_id) AND b.locked_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'budget is locked';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class BudgetLine(models.Model):
    """One cost. `key` is kept when a budget is copied, so that lines can be compared."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    project_year = models.PositiveSmallIntegerField(_("year"))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, verbose_name=_("party"))
    cost_type = models.ForeignKey(CostType, on_delete=models.PROTECT, verbose_name=_("cost type"))
    description = models.CharField(_("what for"), max_length=200)
    persons = models.PositiveSmallIntegerField(_("persons"), default=1)
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=8,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Days for salaries and fees."),
    )
    unit_price_sek = models.PositiveIntegerField(_("price each, SEK"))
    amount_sek = models.PositiveIntegerField(_("amount, SEK"), editable=False)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["project_year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "key"], name="budget_line_key_once"),
            models.CheckConstraint(
                condition=models.Q(project_year__gte=1, project_year__lte=10),
                name="budget_line_year",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_budget",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_LOCKED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description}: {self.amount_sek} kr"
