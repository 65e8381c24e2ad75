"""Late applications: who sees them, and how many there are."""

from django.db import models
from django.db.models import Prefetch

from applications.querysets import subqueries


class LateEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who read cases, less those of parties that they belong to. Agrees with
        `READ_LATE`."""
        if not user.is_authenticated or not user.has_perm("accounts.read_cases"):
            return self.none()
        applications = self.model._meta.get_field("application").related_model.objects
        return self.exclude(application__in=applications.of_parties_of(user))

    def waiting(self):
        return self.filter(outcome="")

    def for_lists(self):
        """With what a row shows, in one query more."""
        applications = self.model._meta.get_field("application").related_model
        parties = Prefetch("application__parties", queryset=subqueries.parties(applications).all())
        rows = self.select_related("application__round", "by", "decided_by", "submission")
        return rows.prefetch_related(parties)
