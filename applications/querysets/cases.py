"""Which applications a person or a moment may see."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from applications.querysets.shown import ShownQuerySet
from applications.round_dates import ENFORCED_AFTER
from applications.states import (
    GRANTED_STATES,
    PENDING,
    UNSUBMITTED,
    WRITABLE,
    ApplicationState,
    QuestionKind,
)
from funding.states import SEATED_PHASES, Phase
from partnerships.states import WRITING_ROLES


class ApplicationQuerySet(ShownQuerySet):
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

    def saying_if_writable_by(self, user):
        """Adds may_write: whether the person writes for a party. Agrees with the rule CHANGE."""
        parties = self.model._meta.get_field("parties").related_model.objects
        writers = parties.filter(
            application=OuterRef("pk"),
            organisation__memberships__user=user,
            organisation__memberships__role__in=WRITING_ROLES,
        )
        return self.annotate(may_write=Exists(writers))

    def asking_for_text(self, key: str):
        """Adds asks_for_text: whether the form that the round asks with has such a question."""
        rounds = self.model._meta.get_field("round").related_model
        round_phases = rounds._meta.get_field("phases").related_model
        asking = round_phases.objects.filter(
            round=OuterRef("round_id"),
            phase=OuterRef("phase"),
            form_version__questions__key=key,
            form_version__questions__kind=QuestionKind.TEXT,
        )
        return self.annotate(asks_for_text=Exists(asking))

    def asking_for_table(self, kind: str):
        """Adds asks_for_table: whether the form that the round asks with has such a table."""
        rounds = self.model._meta.get_field("round").related_model
        round_phases = rounds._meta.get_field("phases").related_model
        asking = round_phases.objects.filter(
            round=OuterRef("round_id"),
            phase=OuterRef("phase"),
            form_version__questions__kind=kind,
        )
        return self.annotate(asks_for_table=Exists(asking))

    def family_of(self, public_id):
        """An application with the project or steering group it was started together with."""
        return self.filter(
            Q(public_id=public_id)
            | Q(projects__public_id=public_id)
            | Q(steering_application__public_id=public_id)
        ).distinct()

    def of_parties_of(self, user):
        """Applications of the organisations that a person belongs to."""
        return self.filter(self._is_of(user))

    def may_be_copied_to(self, application, user):
        """Other applications of an organisation that the person belongs to and that takes part in
        this one too."""
        parties = self.model._meta.get_field("parties").related_model.objects
        shared = parties.filter(
            application=OuterRef("pk"),
            organisation__memberships__user=user,
            organisation__applicationparty__application=application,
        )
        return self.filter(Exists(shared)).exclude(pk=application.pk)

    def _is_of(self, user) -> Exists:
        parties = self.model._meta.get_field("parties").related_model.objects
        return Exists(
            parties.filter(application=OuterRef("pk"), organisation__memberships__user=user)
        )

    def submitted(self):
        return self.exclude(state__in=UNSUBMITTED)

    def with_unsubmitted_changes(self):
        """Submitted applications that have been written since: another version counts than the
        one their parties see. Adds what `with_latest_submission` adds. Agrees with
        `Application.has_unsubmitted_changes`."""
        return (
            self.with_latest_submission()
            .filter(state=ApplicationState.SUBMITTED)
            .exclude(revision=models.F("latest_revision"))
        )

    def to_submit_at_close(self, round_):
        """What is to be handed in when the round closes, if it is complete: drafts and changes."""
        changed = self.model.objects.with_unsubmitted_changes().values("pk")
        asked = self.filter(round=round_, submit_at_close_by__isnull=False)
        return asked.filter(Q(state=ApplicationState.DRAFT) | Q(pk__in=changed))

    def drafts_naming(self, countries):
        """Drafts with a party in one of the countries."""
        return self.filter(
            state=ApplicationState.DRAFT, parties__organisation__country__in=countries
        ).distinct()

    def showing_seats_of(self, partnership_id, at: datetime):
        """Applications of a partnership that show its steering group and may be handed in."""
        return self.filter(
            partnership_id=partnership_id,
            phase__in=SEATED_PHASES,
        ).writable_at(at)

    def writable_at(self, at: datetime):
        """Those whose own close lies ahead: the round's, or that of a dispensation."""
        return self.filter(Q(round__closes_at__gt=at) | Q(late_until__gt=at), state__in=WRITABLE)

    def late_drafts_due(self, at: datetime):
        """Drafts that were let in after the close and were not submitted in time either."""
        return self.filter(
            state=ApplicationState.DRAFT,
            round__enforced_at__isnull=False,
            late_until__lte=at - ENFORCED_AFTER,
        )

    def handed_in_with_seats_of(self, partnership_id, at: datetime):
        """Applications of a partnership that show its steering group and are about to be submitted,
        as they stood at a close that has passed and is not carried out."""
        return self.filter(
            partnership_id=partnership_id,
            phase__in=SEATED_PHASES,
            state__in=WRITABLE,
            submit_at_close_by__isnull=False,
            round__closes_at__lte=at,
            round__enforced_at=None,
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
        return self.granted_of(partnership_id).filter(phase=Phase.PREPARATION)

    def granted_of(self, partnership_id):
        """What a partnership has been granted, running or ended."""
        return self.filter(
            partnership_id=partnership_id,
            state__in=[*GRANTED_STATES, ApplicationState.CLOSED],
            granted_sek__gt=0,
        )

    def may_be_built_on(self, partnership_id, chosen_id):
        """What a partnership has been granted, with the case that is chosen already."""
        return self.granted_of(partnership_id) | self.filter(pk=chosen_id)

    def granted_steering(self, partnership_id, day):
        """Granted steering groups of a partnership whose period holds a day."""
        return self.filter(
            partnership_id=partnership_id,
            phase=Phase.STEERING_GROUP,
            granted_sek__gt=0,
            starts_on__lte=day,
            ends_on__gte=day,
        )

    def asking_readable_by(self, user):
        """Applications whose messages to ICLD a person reads at ICLD's desk, drafts with messages
        too: the thread is shown there, never the draft. Agrees with `applications.rules`."""
        if not user.is_authenticated or not user.has_perm("accounts.read_cases"):
            return self.none()
        readable = Exists(self._enquiries()) | ~Q(state__in=UNSUBMITTED)
        return self.filter(readable).exclude(pk__in=self.model.objects.of_parties_of(user))

    def with_thread(self):
        """Those with messages. Adds messages (how many), last_text, last_at, last_from_icld and
        waits (for an answer)."""
        own = self._enquiries().order_by("-id")
        later_answers = self._messages().filter(
            application=OuterRef("application"), id__gt=OuterRef("id"), from_icld=True
        )
        counted = own.order_by().values("application").annotate(count=Count("pk"))
        return self.filter(Exists(own)).annotate(
            messages=Subquery(counted.values("count")),
            last_text=Subquery(own.values("text")[:1]),
            last_at=Subquery(own.values("at")[:1]),
            last_from_icld=Subquery(own.values("from_icld")[:1]),
            waits=Exists(
                own.filter(from_icld=False, settled_at=None).exclude(Exists(later_answers))
            ),
        )

    def _enquiries(self):
        return self._messages().filter(application=OuterRef("pk"))

    def _messages(self):
        return self.model._meta.get_field("enquiries").related_model.objects.all()
