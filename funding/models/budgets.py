import uuid
from decimal import Decimal

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.budget_rules import Line
from funding.models.cost_types import CostType
from funding.querysets import BudgetLineQuerySet
from partnerships.models import Party


class Budget(models.Model):
    """Lines of money. Knows no owner: applications and decisions point down to theirs.

    Once `locked_at` is set, neither the budget nor its lines can be changed.
    """

    locked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        triggers = [
            pgtrigger.Protect(
                name="stays_locked",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            ),
        ]

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
    """One cost: persons × quantity × price each. `key` is kept when a budget is copied, so that
    lines can be compared.

    A line in another currency keeps its price there (`foreign_price`) with the rate it was
    converted by; `unit_price_sek` is then that price in kronor, rounded, and `amount_sek` is
    reckoned from the unrounded one.
    """

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveIntegerField(_("order"), default=0)
    project_year = models.PositiveSmallIntegerField(_("year"))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, verbose_name=_("party"))
    cost_type = models.ForeignKey(CostType, on_delete=models.PROTECT, verbose_name=_("cost type"))
    activity = models.CharField(_("activity"), max_length=150, blank=True)
    description = models.CharField(_("what for"), max_length=200, blank=True)
    persons = models.PositiveSmallIntegerField(_("persons"), default=1)
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=8,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Days for salaries and fees."),
    )
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    unit_price_sek = models.PositiveIntegerField(_("price each, SEK"))
    currency = models.CharField(_("currency"), max_length=3, default="SEK")
    foreign_price = models.DecimalField(
        _("price each in the currency"), max_digits=14, decimal_places=2, null=True
    )
    rate = models.DecimalField(_("kronor for one"), max_digits=18, decimal_places=8, null=True)
    rate_on = models.DateField(_("day of the rate"), null=True)
    rate_source = models.CharField(_("source of the rate"), max_length=200, blank=True)
    amount_sek = models.PositiveIntegerField(_("amount, SEK"), editable=False)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["project_year", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "key"], name="budget_line_key_once"),
            models.CheckConstraint(
                condition=Q(project_year__gte=1, project_year__lte=10), name="budget_line_year"
            ),
            models.CheckConstraint(
                condition=Q(persons__gte=1, quantity__gte=0), name="budget_line_counts"
            ),
            models.CheckConstraint(
                condition=Q(
                    currency="SEK",
                    foreign_price__isnull=True,
                    rate__isnull=True,
                    rate_on__isnull=True,
                    rate_source="",
                )
                | (
                    ~Q(currency="SEK")
                    & Q(foreign_price__gte=0, rate__gt=0, rate_on__isnull=False)
                    & ~Q(rate_source="")
                ),
                name="budget_line_rate_all_or_none",
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

    @property
    def rule_line(self) -> Line:
        """The row as the budget rules want it; of a row read with `for_reading`."""
        return Line(
            key=str(self.key),
            project_year=self.project_year,
            side=self.party.side,
            party_name=self.party.organisation.display_name,
            cost_type=self.cost_type.key,
            cost_group=self.cost_type.group,
            persons=self.persons,
            quantity=self.quantity,
            unit_price_sek=self.unit_price_sek,
            amount_sek=self.amount_sek,
            description=self.description,
            activity=self.activity,
            phases=frozenset(self.cost_type.phases),
        )
