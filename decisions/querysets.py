"""Which cases and letters: the second shape of the rules."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Cast, Coalesce, JSONArray

from accounts.states import Role
from applications.states import ApplicationState, LateOutcome
from decisions.states import CaseState

WITHDRAWN = ApplicationState.WITHDRAWN.value
"""Stands in a queue for the state of a case that its parties have withdrawn."""
DISMISSED = ApplicationState.DISMISSED.value
"""Stands in a queue for the state of a case that came too late and was dismissed."""
ENDED = (WITHDRAWN, DISMISSED)


def _related(model, *path):
    """The model at the end of a path of relations."""
    for name in path:
        model = model._meta.get_field(name).related_model
    return model


def _line_amounts(owner, path: str):
    """Key, project year and kronor of every line of a budget, as one list of rows."""
    lines = _related(owner, "budget", "lines").objects.filter(budget=OuterRef(path))
    rows = lines.order_by("pk").annotate(row=JSONArray("key", "project_year", "amount_sek"))
    return ArraySubquery(rows.values("row"))


def _count(rows):
    """How many rows, 0 for none, as a subquery."""
    counted = rows.order_by().values("round").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted), 0)


class CaseQuerySet(models.QuerySet):
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
        assessments = _related(self.model, "assessments").objects.filter(case=OuterRef("pk"))
        newest = _related(self.model, "proposals").objects.filter(case=OuterRef("pk"))
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
        applications = _related(self.model, "application").objects
        return self.exclude(application__in=applications.of_parties_of(user))

    def for_page(self):
        """The case with all that its pages and rules ask of it, in three queries."""
        assessments = _related(self.model, "assessments").objects.select_related("by")
        proposals = _related(self.model, "proposals").objects.with_amounts()
        return self.select_related(
            "officer", "application__round", "application__steering_application"
        ).prefetch_related(
            Prefetch("assessments", queryset=assessments),
            Prefetch("proposals", queryset=proposals.order_by("-id")),
        )

    def with_place(self):
        """Adds place, places, previous_id and next_id: where it stands in its round's queue."""
        applications = _related(self.model, "application").objects
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
        amounts = _line_amounts(self.model, "budget")
        return self.select_related("by").annotate(line_amounts=amounts)


def without_case(applications):
    """Submitted applications that ICLD has not opened a case for."""
    return applications.submitted().filter(case__isnull=True).order_by("pk")


def in_queue(applications, user):
    """Submitted applications as officers list them: frozen facts and the state of the case.

    Without those of parties that the officer belongs to.

    Adds latest_received_at, latest_amount_sek, latest_title_sv and _en, latest_parties (frozen
    rows), case_state and officer_name. A submission nobody has opened a case for counts as
    received; one that its parties have withdrawn as that, whatever ICLD had done with it.
    """
    submissions = _related(applications.model, "submissions").objects
    latest = submissions.filter(application=OuterRef("pk")).order_by("-version")
    frozen = latest.annotate(frozen=Cast("content", models.JSONField()))
    return (
        applications.submitted()
        .exclude(pk__in=applications.model.objects.of_parties_of(user))
        .select_related("round")
        .with_latest_submission()
        .annotate(
            latest_title_sv=Subquery(frozen.values_list(KT("frozen__titles__sv"))[:1]),
            latest_title_en=Subquery(frozen.values_list(KT("frozen__titles__en"))[:1]),
            latest_parties=Subquery(frozen.values_list(KeyTransform("parties", "frozen"))[:1]),
            case_state=models.Case(
                models.When(state__in=ENDED, then=F("state")),
                default=Coalesce(F("case__state"), models.Value(CaseState.RECEIVED)),
                output_field=models.CharField(),
            ),
            officer_name=F("case__officer__name"),
        )
    )


def matching(queue, text: str):
    """Rows of a queue whose number, title or party says `text`; every word must be found."""
    parties = _related(queue.model, "parties").objects.filter(application=OuterRef("pk"))
    for word in text.split():
        party = Q(organisation__display_name__icontains=word) | Q(
            organisation__name__icontains=word
        )
        queue = queue.filter(
            Q(dnr__icontains=word)
            | Q(latest_title_sv__icontains=word)
            | Q(latest_title_en__icontains=word)
            | Exists(parties.filter(party))
        )
    return queue


def state_counts(queue) -> dict[str, int]:
    """How many rows of a queue are in each state of the case, or have ended without a decision, in
    one query."""
    states = [*CaseState.values, *ENDED]
    counts = {state: Count("pk", filter=Q(case_state=state)) for state in states}
    return queue.aggregate(**counts)


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters a person may read: all for staff who read cases, sent ones for the parties.

        Agrees with `view_letter`.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        applications = _related(self.model, "decision", "case", "application").objects
        own = Q(decision__case__application__in=applications.of_parties_of(user))
        if user.has_perm("accounts.read_cases"):
            return self.filter(~own | Q(queued_at__isnull=False))
        return self.filter(own, queued_at__isnull=False)

    def with_decision(self):
        """The letter with all that its content is made of; the PDF itself stays behind.

        Adds what `amounts` is made of, the kronor granted line by line.
        """
        amounts = _line_amounts(_related(self.model, "decision"), "decision__budget")
        return (
            self.select_related(
                "decision__submission",
                "decision__decided_by",
                "decision__presented_by",
                "decision__case__officer",
                "decision__case__application__round",
            )
            .annotate(line_amounts=amounts)
            .defer("pdf")
        )

    def to_render(self):
        """Frozen letters that have no PDF yet."""
        return (
            self.filter(queued_at__isnull=False, rendered_at__isnull=True)
            .select_related("decision__case__application")
            .order_by("id")
        )

    def sent(self):
        """Letters that have been released to the parties, the newest version first."""
        return self.filter(queued_at__isnull=False).order_by("-version")


def versions_of(application):
    """The application's submissions, the newest first, with pdf_made_at (None: not yet) and
    has_dispensation: whether what came late is let count."""
    granted = application.late_entries.filter(outcome=LateOutcome.GRANTED)
    return application.submissions.annotate(
        pdf_made_at=F("pdf__rendered_at"), has_dispensation=Exists(granted)
    ).order_by("-version")
