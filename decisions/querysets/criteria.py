"""Which set of criteria a case is assessed by."""

from django.db import models

from decisions.states import CriteriaStatus


class CriteriaSetQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=CriteriaStatus.PUBLISHED)

    def newest_of(self, phase: str):
        """The newest published set of a phase, or None."""
        return self.published().filter(phase=phase).order_by("-number").first()
