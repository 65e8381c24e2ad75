from datetime import date

from django.db import models

from funding.states import ScheduleStatus


class CeilingScheduleQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        """The published schedule in force on a day, or None before the first."""
        published = self.filter(status=ScheduleStatus.PUBLISHED, valid_from__lte=day)
        return published.order_by("-valid_from").first()
