"""Reaching models by relation, and the amounts of a budget's lines as one column."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray


def related(model, *path):
    """The model at the end of a path of relations."""
    for name in path:
        model = model._meta.get_field(name).related_model
    return model


def line_amounts(owner, path: str):
    """Key, project year and kronor of every line of a budget, as one list of rows."""
    lines = related(owner, "budget", "lines").objects.filter(budget=OuterRef(path))
    rows = lines.order_by("pk").annotate(row=JSONArray("key", "project_year", "amount_sek"))
    return ArraySubquery(rows.values("row"))
