"""Which organisations, countries and partnerships: the second shape of the rules."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from partnerships.states import WRITING_ROLES


class CountryQuerySet(models.QuerySet):
    def open_on(self, day: date):
        """Countries that a new application may name on that day."""
        periods = self.model._meta.get_field("periods").related_model
        is_open = periods.objects.filter(
            Q(closes_on__isnull=True) | Q(closes_on__gte=day),
            country=OuterRef("pk"),
            opens_on__lte=day,
        )
        return self.filter(Exists(is_open))

    def closed_at_once_by(self, day: date):
        """Countries whose closing also stops drafts that had been started before it."""
        return self.filter(periods__at_once=True, periods__closes_on__lt=day).exclude(
            pk__in=self.model.objects.open_on(day)
        )


class OrganisationQuerySet(models.QuerySet):
    def may_apply(self):
        return self.filter(kind__may_apply=True, country__code="SE")

    def written_for_by(self, user):
        """Organisations for which this person may write."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user, memberships__role__in=WRITING_ROLES).distinct()


class PartnershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Partnerships that a person may see: their own, and all for those who read cases."""
        if user.has_perm("accounts.read_cases"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(parties__organisation__memberships__user=user).distinct()


class NetworkQuerySet(models.QuerySet):
    def with_any_of(self, organisations):
        """Networks that at least one of the organisations is a member of."""
        return self.filter(members__in=organisations).distinct()
