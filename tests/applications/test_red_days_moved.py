"""What is to be completed by a red day is late after the next working day, and not before."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from applications import actions, tasks
from applications.actions.submitting import together
from applications.models import Application, AttachmentPromise, Event, Round, Submission
from funding.actions import copy_budget
from icld_portal import clock
from outbox.models import Message
from tests.applications.attaching import (
    MINUTES,
    add_all,
    ask_for_files,
    emptied,
    party_of,
    promise_minutes,
)
from tests.conftest import fresh
from tests.moments import CLOSE, MID_ROUND, SWEDEN

pytestmark = pytest.mark.django_db

SATURDAY, MONDAY = date(2027, 4, 17), date(2027, 4, 19)
MIDSUMMER_EVE = date(2027, 6, 25)
GOOD_FRIDAY, TUESDAY_AFTER = date(2027, 3, 26), date(2027, 3, 30)


def run(job, day: date, hour: int = 9) -> None:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=SWEDEN)
    with clock.offset(at - clock.real_now()):
        job()


def told(kind: str):
    return Message.objects.filter(kind=kind)


# --- promised attachments ------------------------------------------------------------------------


def hand_in_promising(application, by, day: date):
    application = emptied(application)
    add_all(application, by=by)
    promise_minutes(application, by=by, day=day)
    actions.submit(together(fresh(application)), by=by, at=MID_ROUND)
    return fresh(application)


@pytest.fixture
def asking(reference):
    ask_for_files()


@pytest.fixture
def promising(asking, ready, malmo):
    return hand_in_promising(ready, malmo, SATURDAY)


def test_a_promise_for_a_saturday_is_asked_for_on_monday_and_late_on_tuesday(promising):
    for day in (SATURDAY, SATURDAY + timedelta(days=1)):
        run(tasks.follow_up_promises, day)
    assert not told("attachment_due").exists()
    run(tasks.follow_up_promises, MONDAY)
    assert told("attachment_due").count() == 2
    assert not promising.events.filter(kind="promise_overdue").exists()
    run(tasks.follow_up_promises, MONDAY + timedelta(days=1))
    assert promising.events.get(kind="promise_overdue").data["day"] == "2027-04-17"


def test_the_mails_say_the_day_that_was_promised(promising, malmo):
    for day in (SATURDAY, MONDAY):
        run(tasks.follow_up_promises, day)
    for kind in ("attachment_promised", "attachment_due"):
        body = told(kind).get(address=malmo.email).body.replace("\N{NO-BREAK SPACE}", " ")
        assert "17 april 2027" in body


def test_the_reminder_before_it_and_the_one_a_week_later_move_along(promising):
    run(tasks.follow_up_promises, MONDAY - timedelta(days=6))
    assert not told("attachment_promised").exists()
    run(tasks.follow_up_promises, MONDAY - timedelta(days=5))
    assert told("attachment_promised").count() == 2
    for day, count in ((0, 2), (6, 2), (7, 4), (8, 4)):
        run(tasks.follow_up_promises, MONDAY + timedelta(days=day))
        assert told("attachment_due").count() == count


# --- signatures ----------------------------------------------------------------------------------


def sign_until(day: date) -> None:
    Round.objects.filter(closes_at=CLOSE).update(sign_by=day)


@pytest.mark.parametrize(
    ("sign_by", "late_from"),
    [
        (date(2027, 4, 14), date(2027, 4, 15)),
        (SATURDAY, MONDAY + timedelta(days=1)),
        (GOOD_FRIDAY, TUESDAY_AFTER + timedelta(days=1)),
        (MIDSUMMER_EVE, date(2027, 6, 29)),
    ],
)
def test_a_signature_is_missing_when_the_working_day_after_has_passed(
    sign_by, late_from, submitted, open_round
):
    sign_until(sign_by)
    round_ = Round.objects.get(pk=open_round.pk)
    last_second = clock.start_of(late_from) - timedelta(seconds=1)
    assert not round_.is_past_signing(last_second)
    assert round_.is_past_signing(clock.start_of(late_from))
    run(tasks.chase_signatures, late_from - timedelta(days=1), hour=23)
    assert not told("signature_missing").exists()
    for _twice in range(2):
        run(tasks.chase_signatures, late_from, hour=0)
    assert told("signature_missing").count() == 2 * 2  # of a pair, to two persons


def test_over_the_red_days_the_job_finds_nothing_to_look_at(submitted, django_assert_num_queries):
    sign_until(SATURDAY)
    with django_assert_num_queries(1):
        run(tasks.chase_signatures, SATURDAY + timedelta(days=1))


# --- forty at once -------------------------------------------------------------------------------


@pytest.fixture
def forty(promising, malmo):
    """Cases handed in, with a signature and Malmö's minutes to come by midsummer eve."""
    sign_until(MIDSUMMER_EVE)
    AttachmentPromise.objects.all().delete()
    cases = [copied(promising, number) for number in range(40)]
    for case in cases:
        promised = {"promised_on": MIDSUMMER_EVE, "by": malmo, "at": MID_ROUND}
        case.promises.create(kind=MINUTES, party=party_of(promising), **promised)
    return cases


def copied(application: Application, number: int) -> Application:
    """Another case with the same content, as the database would have it."""
    case = Application.objects.get(pk=application.pk)
    case.pk, case.public_id, case._state.adding = None, uuid4(), True
    case.dnr, case.budget = f"2027-1{number:03}", copy_budget(application.budget)
    case.save()
    rows = [*application.parties.all(), application.submissions.get()]
    for row in rows:
        row.pk, row.application, row._state.adding = None, case, True
        if isinstance(row, Submission):
            row.budget = copy_budget(row.budget)
        row.save()
    return case


@pytest.mark.parametrize(
    ("day", "hour", "asked", "late"),
    [
        (MIDSUMMER_EVE, 0, 0, 0),
        (MIDSUMMER_EVE + timedelta(days=1), 9, 0, 0),
        (MIDSUMMER_EVE + timedelta(days=2), 23, 0, 0),
        (MIDSUMMER_EVE + timedelta(days=3), 0, 40, 0),  # Monday
        (MIDSUMMER_EVE + timedelta(days=3), 23, 40, 0),
        (MIDSUMMER_EVE + timedelta(days=4), 0, 40, 40),
        (MIDSUMMER_EVE + timedelta(days=10), 9, 40, 40),
    ],
)
def test_forty_that_are_due_on_midsummer_eve_are_asked_for_once_after_the_weekend(
    forty, day, hour, asked, late
):
    for _twice in range(2):
        run(tasks.follow_up_promises, day, hour)
        run(tasks.chase_signatures, day, hour)
    of_forty = {"application__in": forty}
    assert told("attachment_due").count() == 2 * asked
    assert Event.objects.filter(kind="promise_overdue", **of_forty).count() == late
    assert Event.objects.filter(kind="signature_missing", **of_forty).count() == late
