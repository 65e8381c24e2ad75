"""Assessments with their scores."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONArray

from decisions.querysets.budget_rows import related

PARTS = ("key", "label_sv", "label_en", "weight")


class AssessmentQuerySet(models.QuerySet):
    def with_scores(self):
        """Adds what `given` is made of, and who assessed, in one query."""
        scores = related(self.model, "scores").objects.filter(assessment=OuterRef("pk"))
        criterion = [f"criterion__{part}" for part in PARTS]
        rows = scores.order_by("criterion__position", "pk").annotate(
            row=JSONArray(*criterion, "value", "reason", "evidence")
        )
        return self.select_related("by").annotate(score_rows=ArraySubquery(rows.values("row")))
