"""Which cases: the second shape of the rules, and the case with all that its pages ask."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.states import Role
from applications.states import LateOutcome
from decisions.querysets.budget_rows import line_amounts, related
from decisions.querysets.queue import QueueQuerySet
from decisions.states import AssessmentKind


def _count(rows):
    """How many rows, 0 for none, as a subquery."""
    counted = rows.order_by().values("round").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted), 0)


class CaseQuerySet(QueueQuerySet):
    def visible_to(self, user):
        """Cases for those who read cases, less those of parties that they belong to; none for
        others. Agrees with `view_case`."""
        if not (user.is_authenticated and user.has_perm("accounts.read_cases")):
            return self.none()
        return self._not_of(user)

    def assessable_by(self, user):
        """Cases that this person may assess and propose, whenever. Agrees with `assess_case`."""
        return self._without_parties_of(user, Role.OFFICER)

    def decidable_by(self, user):
        """Cases that this person may decide, whenever. Agrees with `decide_case`."""
        cases = self._without_parties_of(user, Role.DECIDER)
        if not user.is_authenticated:
            return cases
        assessments = related(self.model, "assessments").objects.filter(
            case=OuterRef("pk"), kind=AssessmentKind.OWN, handed_in_at__isnull=False
        )
        newest = related(self.model, "proposals").objects.filter(case=OuterRef("pk"))
        return cases.annotate(
            proposed_by=Subquery(newest.order_by("-id").values("by")[:1]),
        ).exclude(
            Q(Exists(assessments.filter(by=user))) & ~Q(Exists(assessments.exclude(by=user)))
            | Q(proposed_by__isnull=False, proposed_by=user.pk)
        )

    def _without_parties_of(self, user, role: Role):
        """Cases for somebody with a role, less those of organisations that they belong to."""
        if not user.is_authenticated or not user.is_active or role not in user.roles:
            return self.none()
        return self._not_of(user)

    def _not_of(self, user):
        applications = related(self.model, "application").objects
        return self.exclude(application__in=applications.of_parties_of(user))

    def for_page(self):
        """The case with all that its pages and rules ask of it, in three queries."""
        assessments = related(self.model, "assessments").objects.with_scores()
        proposals = related(self.model, "proposals").objects.with_amounts()
        return self.select_related(
            "officer", "criteria_set", "application__round", "application__steering_application"
        ).prefetch_related(
            Prefetch("assessments", queryset=assessments),
            Prefetch("proposals", queryset=proposals.order_by("-id")),
        )

    def with_place(self):
        """Adds place, places, previous_id and next_id: where it stands in its round's queue."""
        applications = related(self.model, "application").objects
        queue = applications.submitted().filter(round=OuterRef("application__round"))
        before = queue.filter(dnr__lt=OuterRef("application__dnr")).order_by("-dnr")
        after = queue.filter(dnr__gt=OuterRef("application__dnr")).order_by("dnr")
        return self.annotate(
            place=_count(before) + 1,
            places=_count(queue),
            previous_id=Subquery(before.values("public_id")[:1]),
            next_id=Subquery(after.values("public_id")[:1]),
        )


class ProposalQuerySet(models.QuerySet):
    def with_amounts(self):
        """Proposals with who made them and what `amounts` is made of, in one query."""
        amounts = line_amounts(self.model, "budget")
        return self.select_related("by").annotate(line_amounts=amounts)


def lagging(applications):
    """Submitted applications whose newest submission ICLD's side has not taken in yet, or that have
    no case at all."""
    submissions = related(applications.model, "submissions").objects
    newest = submissions.filter(application=OuterRef("pk")).order_by("-version")
    return (
        applications.submitted()
        .annotate(newest_submission=Subquery(newest.values("pk")[:1]))
        .filter(Q(case__submission__isnull=True) | ~Q(case__submission=F("newest_submission")))
        .order_by("pk")
    )


def versions_of(application):
    """The application's submissions, the newest first, with pdf_made_at (None: not yet) and
    has_dispensation: whether what came late is let count."""
    granted = application.late_entries.filter(outcome=LateOutcome.GRANTED)
    return application.submissions.annotate(
        pdf_made_at=F("pdf__rendered_at"), has_dispensation=Exists(granted)
    ).order_by("-version")
