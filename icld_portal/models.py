from datetime import timedelta

from django.db import models


class DemoClock(models.Model):
    """How far the demo's clock stands from real time. At most one row; unused outside demo mode."""

    offset = models.DurationField(default=timedelta)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="demo_clock_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.offset)
