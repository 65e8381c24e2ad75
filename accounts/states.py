from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")


class Role(models.TextChoices):
    """Staff roles: the names of the groups, never translated in the database."""

    OFFICER = "officer", _("Case officer")
    DECIDER = "decider", _("Decision maker")
    FINANCE = "finance", _("Finance officer")
    COMMUNICATOR = "communicator", _("Communicator")
    ADMIN = "admin", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
