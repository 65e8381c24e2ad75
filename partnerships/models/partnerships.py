import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.organisations import Organisation
from partnerships.querysets import PartnershipQuerySet
from partnerships.states import SeatRole, Side


class Partnership(models.Model):
    """Local governments in Sweden and abroad that work together, application after application."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["-id"]

    def __str__(self) -> str:
        return " – ".join(str(party) for party in self.parties.all()) or f"#{self.pk}"


class Party(models.Model):
    """An organisation in a partnership. One on each side leads."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=13, choices=Side)
    lead = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["-side", "-lead", "id"]  # the Swedish side first
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="party_once"),
            models.UniqueConstraint(
                fields=["partnership", "side"],
                condition=models.Q(lead=True),
                name="party_one_lead_a_side",
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="party_side_known"
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.display_name


class SteeringGroup(models.Model):
    """The body that leads a partnership."""

    partnership = models.OneToOneField(
        Partnership, on_delete=models.PROTECT, related_name="steering_group"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("steering group")
        verbose_name_plural = _("steering groups")

    def __str__(self) -> str:
        return str(self.partnership)


@pghistory.track()
class Seat(models.Model):
    """A seat in a steering group: who sits there, or why nobody does."""

    steering_group = models.ForeignKey(
        SteeringGroup, on_delete=models.PROTECT, related_name="seats"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=12, choices=SeatRole)
    name = models.CharField(_("name"), max_length=150, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    vacancy_reason = models.TextField(_("why nobody sits here"), blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["party_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=SeatRole.values), name="seat_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name or '–'}"
