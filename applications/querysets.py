"""Which rows a person or a moment may see: the second shape of the rules."""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from applications.round_dates import ENFORCED_AFTER
from applications.states import (
    GRANTED_STATES,
    PENDING,
    UNSUBMITTED,
    WRITABLE,
    ApplicationState,
    Audience,
)
from funding.states import SEATED_PHASES, Phase
from partnerships.states import MembershipRole, Side


class RoundQuerySet(models.QuerySet):
    def open_at(self, at: datetime):
        """Rounds one may apply in at that moment, the first to close first."""
        return self.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at")

    def next_after(self, at: datetime):
        """The next round to open, or None."""
        return self.filter(opens_at__gt=at).order_by("opens_at").first()

    def to_enforce(self, at: datetime):
        """Rounds whose deadline is due to be carried out and has not been."""
        return self.filter(enforced_at=None, closes_at__lte=at - ENFORCED_AFTER)


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The applications a person may see.

        Members of the parties see theirs; those who read cases see every one that has been
        submitted; nobody else sees any. Agrees with `applications.rules.can_view`.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = self._is_of(user)
        if user.has_perm("accounts.read_cases"):
            return self.filter(Q(own) | ~Q(state__in=UNSUBMITTED))
        return self.filter(own)

    def family_of(self, public_id):
        """An application with the project or steering group it was started together with."""
        return self.filter(
            Q(public_id=public_id)
            | Q(projects__public_id=public_id)
            | Q(steering_application__public_id=public_id)
        ).distinct()

    def with_coordinators(self):
        """Adds coordinators: names of those who may hand in, "Anna Ek (Malmö stad)"."""
        parties = self.model._meta.get_field("parties").related_model
        organisations = parties._meta.get_field("organisation").related_model
        memberships = organisations._meta.get_field("memberships").related_model
        rows = memberships.objects.filter(
            role=MembershipRole.COORDINATOR,
            user__is_active=True,
            organisation__applicationparty__application=OuterRef("pk"),
            organisation__applicationparty__side=Side.SWEDISH,
        )
        text = models.CharField()
        name = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=text)
        told = Concat(
            name, Value(" ("), "organisation__display_name", Value(")"), output_field=text
        )
        names = rows.order_by("pk").annotate(told=told).values("told")
        return self.annotate(coordinators=ArraySubquery(names))

    def of_parties_of(self, user):
        """Applications of the organisations that a person belongs to."""
        return self.filter(self._is_of(user))

    def _is_of(self, user) -> Exists:
        parties = self.model._meta.get_field("parties").related_model.objects
        return Exists(
            parties.filter(application=OuterRef("pk"), organisation__memberships__user=user)
        )

    def submitted(self):
        return self.exclude(state__in=UNSUBMITTED)

    def drafts_naming(self, countries):
        """Drafts with a party in one of the countries."""
        return self.filter(
            state=ApplicationState.DRAFT, parties__organisation__country__in=countries
        ).distinct()

    def for_lists(self):
        """Everything a row of a list shows, in a constant number of queries."""
        return self.select_related("round").with_parties().with_latest_submission()

    def for_pages(self):
        """Everything the parties' own pages show of one application."""
        return (
            self.select_related(
                "round__schedule", "main_area", "budget", "partnership", "steering_application"
            )
            .with_parties()
            .with_latest_submission()
            .annotate(
                has_preparation=Exists(
                    self.model.objects.granted_preparation(OuterRef("partnership_id"))
                ),
                has_active_steering=Exists(
                    self.model.objects.granted_steering(
                        OuterRef("partnership_id"), OuterRef("starts_on")
                    )
                ),
            )
        )

    def with_latest_submission(self):
        """Adds latest_version, latest_revision, latest_received_at and latest_amount_sek."""
        submissions = self.model._meta.get_field("submissions").related_model
        latest = submissions.objects.filter(application=OuterRef("pk")).order_by("-version")
        return self.annotate(
            latest_version=Subquery(latest.values("version")[:1]),
            latest_revision=Subquery(latest.values("revision")[:1]),
            latest_received_at=Subquery(latest.values("received_at")[:1]),
            latest_amount_sek=Subquery(latest.values("amount_sek")[:1]),
        )

    def with_parties(self):
        """Parties with organisation, country and kind, in one query."""
        parties = self.model._meta.get_field("parties").related_model
        rows = parties.objects.select_related("organisation__country", "organisation__kind")
        return self.prefetch_related(Prefetch("parties", queryset=rows))

    def showing_seats_of(self, partnership_id, at: datetime):
        """Applications of a partnership that show its steering group and may be handed in."""
        return self.filter(
            partnership_id=partnership_id,
            phase__in=SEATED_PHASES,
            state__in=WRITABLE,
            round__closes_at__gt=at,
        )

    def steering_group_of(self, partnership_id, round_id):
        """The partnership's application for its steering group in a round; there is one at most."""
        return self.filter(
            partnership_id=partnership_id,
            round_id=round_id,
            phase=Phase.STEERING_GROUP,
            state__in=PENDING,
        )

    def granted_preparation(self, partnership_id):
        """Inceptions of a partnership that were granted."""
        return self.filter(
            partnership_id=partnership_id,
            phase=Phase.PREPARATION,
            state__in=[*GRANTED_STATES, ApplicationState.CLOSED],
            granted_sek__gt=0,
        )

    def granted_steering(self, partnership_id, day):
        """Granted steering groups of a partnership whose period holds a day."""
        return self.filter(
            partnership_id=partnership_id,
            phase=Phase.STEERING_GROUP,
            granted_sek__gt=0,
            starts_on__lte=day,
            ends_on__gte=day,
        )


class SubmissionQuerySet(models.QuerySet):
    def without_pdf(self):
        return self.filter(pdf__isnull=True).order_by("id")


class EventQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Events a person may read: those for all; ICLD's own for those who read cases and belong
        to none of the parties."""
        if not user.has_perm("accounts.read_cases"):
            return self.filter(audience=Audience.ALL)
        applications = self.model._meta.get_field("application").related_model.objects
        return self.exclude(
            audience=Audience.STAFF, application__in=applications.of_parties_of(user)
        )
