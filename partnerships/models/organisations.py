import uuid

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from partnerships.models.countries import Country
from partnerships.querysets import OrganisationQuerySet
from partnerships.sorting import sort_key
from partnerships.states import MembershipRole


class OrganisationKind(models.Model):
    """A kind of organisation, as data: may it apply, does it count as a government?"""

    key = models.SlugField(_("key"), unique=True)
    label_sv = models.CharField(_("Swedish"), max_length=80)
    label_en = models.CharField(_("English"), max_length=80)
    may_apply = models.BooleanField(_("may apply"), default=False)
    counts_as_government = models.BooleanField(
        _("local or regional government"),
        default=False,
        help_text=_("More than one on a side makes the partnership multi-party."),
    )
    needs_owner = models.BooleanField(
        _("must name its owner"),
        default=False,
        help_text=_("Companies, associations and foundations of a municipality or region."),
    )

    class Meta:
        verbose_name = _("kind of organisation")
        verbose_name_plural = _("kinds of organisation")
        ordering = ["label_sv"]

    def __str__(self) -> str:
        return self.label_en if get_language() == "en" else self.label_sv


def validate_organisation_number(value: str) -> None:
    """Ten digits with a right check digit (Luhn). Raises ValidationError."""
    try:
        orgnr.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("This is not a valid organisation number: ten digits, such as 212000-0142.")
        ) from error


@pghistory.track()
class Organisation(models.Model):
    """A municipality, region or other body, in Sweden or abroad."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, verbose_name=_("kind"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, verbose_name=_("country"))
    name = models.CharField(_("short name"), max_length=150)
    display_name = models.CharField(_("full name"), max_length=150)
    former_names = models.CharField(_("former names"), max_length=200, blank=True)
    kommun_code = models.CharField(_("kommun code"), max_length=4, blank=True)
    region_code = models.CharField(_("region code"), max_length=2, blank=True)
    county_code = models.CharField(_("county code"), max_length=2, blank=True)
    organisation_number = models.CharField(
        _("organisation number"),
        max_length=20,
        blank=True,
        validators=[validate_organisation_number],
    )
    owned_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("owner")
    )
    registry_email = models.EmailField(_("registry's e-mail"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    sort_key = models.CharField(max_length=150, editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kommun_code__regex=r"^(\d{4})?$"),
                name="organisation_kommun_code_shape",
            ),
            models.CheckConstraint(
                condition=models.Q(region_code__regex=r"^(\d{2})?$"),
                name="organisation_region_code_shape",
            ),
            models.UniqueConstraint(
                fields=["kommun_code"],
                condition=~models.Q(kommun_code=""),
                name="organisation_kommun_code_once",
            ),
            models.UniqueConstraint(
                fields=["region_code"],
                condition=~models.Q(region_code=""),
                name="organisation_region_code_once",
            ),
            models.UniqueConstraint(
                fields=["country", "display_name"], name="organisation_name_once_a_country"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args, **kwargs) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.kind_id and self.kind.needs_owner and not self.owned_by_id:
            raise ValidationError({"owned_by": _("Name the municipality or region that owns it.")})


@pghistory.track()
class Membership(models.Model):
    """A person's place in an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=MembershipRole.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.organisation})"
