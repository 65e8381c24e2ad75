"""What the database itself refuses to change."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from applications.models import Application, Event, Submission
from funding.models import Budget, BudgetLine
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


def refused(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_submission_is_neither_changed_nor_deleted(submitted):
    rows = Submission.objects.filter(application=submitted)
    refused(lambda: rows.update(amount_sek=1))
    refused(lambda: rows._raw_delete(rows.db))


def test_the_timeline_is_neither_changed_nor_deleted(submitted):
    rows = Event.objects.filter(application=submitted)
    refused(lambda: rows.update(kind="nothing"))
    refused(lambda: rows._raw_delete(rows.db))


def test_a_locked_budget_takes_no_new_changed_or_fewer_lines(ready):
    lines = BudgetLine.objects.filter(budget=ready.budget)
    Budget.objects.filter(pk=ready.budget_id).update(locked_at=MID_ROUND)
    refused(lambda: lines.update(amount_sek=1))
    refused(lambda: lines._raw_delete(lines.db))
    line = lines.first()
    line.pk, line.key = None, None
    refused(line.save)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"state": "submitted", "dnr": None},
        {"dnr": "2027-9999"},
        {"starts_on": "2028-01-01", "ends_on": "2027-01-01"},
        {"granted_sek": 1},
    ],
    ids=str,
)
def test_an_application_that_contradicts_itself_is_refused(draft, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(**wrong)
