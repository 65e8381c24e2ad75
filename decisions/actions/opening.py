"""ICLD's side of what has been submitted: a case, and what the queue knows it by."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from applications.actions import record
from applications.actions.writing import locked as lock_applications
from applications.models import Application, Submission
from applications.states import Audience, SubmissionKind
from decisions.case_facts import facts_of
from decisions.models import Case

AT_ONCE = 20
"""Submissions that a page takes in itself; the rest are the worker's."""


@transaction.atomic
def open_case(application: Application, *, at: datetime) -> Case:
    """ICLD's side of a submitted application, made once, with its newest submission taken in;
    however often it is asked for.

    Writes the event `case_opened`, for staff, when it is made.
    """
    lock_applications([application.pk])
    case, made = Case.objects.get_or_create(application=application, defaults={"opened_at": at})
    if made:
        record(application, "case_opened", at=at, audience=Audience.STAFF)
    newest = application.submissions.first()
    if case.submission_id != newest.pk:
        _take_in(case, newest)
    return case


def catch_up(*, at: datetime) -> None:
    """Take in what has just been submitted, for the page that lists it. One query when nothing is
    new."""
    known = Case.objects.exclude(submission=None).order_by("-submission").values("submission")[:1]
    new = Submission.objects.filter(pk__gt=Coalesce(Subquery(known), 0)).order_by("pk")
    new = new.values("application")[:AT_ONCE]
    for application in Application.objects.filter(pk__in=[row["application"] for row in new]):
        open_case(application, at=at)


def _take_in(case: Case, submission: Submission) -> None:
    late = submission.kind == SubmissionKind.LATE
    words = list(_other_names(case.application))
    facts = facts_of(submission.data, case.application.dnr, late=late, more_words=words)
    taken = {
        "submission": submission,
        "received_at": submission.received_at,
        "amount_sek": submission.amount_sek,
        **asdict(facts),
    }
    for name, value in taken.items():
        setattr(case, name, value)
    case.save(update_fields=list(taken))


def _other_names(application: Application) -> Iterable[str]:
    """What its parties and their countries are called, and were."""
    parties = application.parties.select_related("organisation__country")
    for organisation in (party.organisation for party in parties):
        yield organisation.name
        yield organisation.former_names
        yield organisation.country.former_names
