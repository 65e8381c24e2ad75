from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """What can be applied for: the five application types."""

    PREPARATION = "preparation", _("Inception")
    PROJECT = "project", _("Project")
    STEERING_GROUP = "steering_group", _("Steering group")
    DEVELOPMENT = "development", _("Development/expansion")
    DISSEMINATION = "dissemination", _("Dissemination")


SEATED_PHASES = frozenset({Phase.PROJECT, Phase.STEERING_GROUP})
"""Phases whose applications show the steering group (domain section 0.5-0.6)."""


class Basis(models.TextChoices):
    """What a ceiling is counted for."""

    TOTAL = "total", _("In total")
    PER_YEAR = "per_year", _("Per project year")


class CeilingKind(models.TextChoices):
    """A maximum blocks submission; a guideline asks for a reason."""

    MAX = "max", _("Ceiling")
    GUIDELINE = "guideline", _("Guideline amount")


class ScheduleStatus(models.TextChoices):
    """Superseded is no state: the schedule in force is computed from the day."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Standing(models.TextChoices):
    """Where a schedule stands on a day; computed, never stored."""

    DRAFT = "draft", _("Draft")
    COMING = "coming", _("Coming")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")


class CostGroup(models.TextChoices):
    SALARY = "salary", _("Salary")
    FEE = "fee", _("Fee")
    EXPENSE = "expense", _("Expenses")


class Severity(models.TextChoices):
    """What a finding does: a stop refuses submission, a warning is said, a note informs."""

    STOP = "stop", _("Must be changed")
    WARNING = "warning", _("Warning")
    NOTE = "note", _("Note")
