from datetime import date

from django.db import models
from django.db.models import Case, Value, When

from funding.states import ScheduleStatus, Standing


class CeilingScheduleQuerySet(models.QuerySet):
    def published(self):
        """The newest first."""
        return self.filter(status=ScheduleStatus.PUBLISHED).order_by("-valid_from")

    def in_force_on(self, day: date):
        """The published schedule in force on a day, or None before the first."""
        return self.published().filter(valid_from__lte=day).first()

    def before(self, day: date):
        """The published schedule that one valid from that day takes over from, or None."""
        return self.published().filter(valid_from__lt=day).first()

    def after(self, day: date):
        """The published schedule that takes over from one valid from that day, or None."""
        return self.published().filter(valid_from__gt=day).last()

    def with_standing(self, day: date):
        """Adds standing: draft, coming, in force or superseded on that day."""
        in_force = self.model._default_manager.published().filter(valid_from__lte=day)
        return self.annotate(
            standing=Case(
                When(status=ScheduleStatus.DRAFT, then=Value(Standing.DRAFT)),
                When(valid_from__gt=day, then=Value(Standing.COMING)),
                When(pk=in_force.values("pk")[:1], then=Value(Standing.IN_FORCE)),
                default=Value(Standing.SUPERSEDED),
            )
        )


class BudgetLineQuerySet(models.QuerySet):
    def for_reading(self):
        """Lines with all that pages and rules show of them, in one query."""
        return self.select_related("party__organisation", "cost_type")


class ExchangeRateQuerySet(models.QuerySet):
    def latest_on(self, day: date):
        """The newest rate of each currency on a day, by the currency's letters."""
        return self.filter(valid_on__lte=day).order_by("currency", "-valid_on").distinct("currency")
