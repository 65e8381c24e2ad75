from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """The programme's regions; Africa and Asia share their ceilings."""

    EUROPE = "europe", _("Europe")
    AFRICA = "africa", _("Africa")
    ASIA = "asia", _("Asia")


class Side(models.TextChoices):
    SWEDISH = "swedish", _("Swedish party")
    INTERNATIONAL = "international", _("International partner")


class MembershipRole(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    EDITOR = "editor", _("Editor")
    SIGNATORY = "signatory", _("Signatory")
    READER = "reader", _("Reader")


WRITING_ROLES = frozenset({MembershipRole.COORDINATOR, MembershipRole.EDITOR})


class SeatRole(models.TextChoices):
    """The four seats that each party has in a steering group."""

    MAJORITY = "majority", _("Politician, majority")
    OPPOSITION = "opposition", _("Politician, opposition")
    COORDINATOR = "coordinator", _("Coordinator")
    OFFICIAL = "official", _("Leading official")
