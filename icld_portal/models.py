from datetime import timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoClock(models.Model):
    """How far the demo's clock stands from real time. At most one row; unused outside demo mode."""

    offset = models.DurationField(default=timedelta)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="demo_clock_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.offset)


class Heartbeat(models.Model):
    """When the portal last looked at itself. At most one row, on real time.

    `door` is the address that last answered the portal when it asked for its own page; `spools`
    are the files of notes that have been counted and may still lie on the disk.
    """

    ticked_at = models.DateTimeField()
    door = models.CharField(max_length=500, blank=True)
    spools = ArrayField(models.CharField(max_length=100), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="heartbeat_one_row"),
        ]

    def __str__(self) -> str:
        return self.ticked_at.isoformat()


class Cause(models.TextChoices):
    PAGE = "page", _("The portal did not answer")
    DATABASE = "database", _("The database could not be reached")
    WEB = "web", _("A fault in the portal")
    QUEUE = "queue", _("The queue of background work could not be reached")
    UNMEASURED = "unmeasured", _("The portal could not measure itself")


class Disturbance(models.Model):
    """A time in which the portal could not serve, or does not know whether it could.

    In case time. `ended_at` is null while it lasts. Evidence: never deleted.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=10, choices=Cause)
    failed_submissions = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["began_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cause__in=Cause.values), name="disturbance_cause_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("began_at")),
                name="disturbance_in_order",
            ),
            models.UniqueConstraint(
                fields=["cause"],
                condition=models.Q(ended_at__isnull=True),
                name="disturbance_one_lasts",
            ),
        ]
        triggers = [pgtrigger.Protect(name="is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.cause} from {self.began_at.isoformat()}"
