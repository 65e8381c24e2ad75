"""Rounds at a moment."""

from datetime import datetime

from django.db import models

from applications.round_dates import ENFORCED_AFTER


class RoundQuerySet(models.QuerySet):
    def open_at(self, at: datetime):
        """Rounds one may apply in at that moment, the first to close first."""
        return self.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at")

    def next_after(self, at: datetime):
        """The next round to open, or None."""
        return self.filter(opens_at__gt=at).order_by("opens_at").first()

    def to_enforce(self, at: datetime):
        """Rounds whose deadline is due to be carried out and has not been."""
        return self.filter(enforced_at=None, closes_at__lte=at - ENFORCED_AFTER)
