"""Carrying out the deadline: once, whoever asks and however late."""

from datetime import timedelta

import pytest

from applications import actions
from applications.models import Event, Round
from applications.states import ApplicationState
from applications.tasks import enforce_deadlines
from icld_portal.celery import app as celery_app
from outbox.models import Message
from tests.conftest import fresh
from tests.moments import CLOSE, ENFORCED, LAST_SECOND, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "early", [LAST_SECOND, CLOSE, CLOSE + timedelta(minutes=9, seconds=59)], ids=str
)
def test_nothing_lapses_before_ten_minutes_have_passed(draft, open_round, early):
    assert actions.enforce(open_round, at=early) is False
    assert fresh(draft).state == ApplicationState.DRAFT


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=7)], ids=str)
def test_drafts_lapse_and_people_are_told_also_a_week_late(pair, open_round, late, malmo, officer):
    assert actions.enforce(open_round, at=ENFORCED + late) is True
    assert {fresh(row).state for row in pair} == {ApplicationState.LAPSED}
    assert Message.objects.filter(kind="draft_lapsed", address=malmo.email).count() == 2
    assert Message.objects.filter(kind="officer_round_summary", address=officer.email).exists()


def test_the_round_is_stamped_with_when_it_was_done(pair, open_round):
    actions.enforce(open_round, at=ENFORCED)
    assert Round.objects.get(pk=open_round.pk).enforced_at == ENFORCED


def test_asked_twice_it_is_done_once(pair, open_round):
    actions.enforce(open_round, at=ENFORCED)
    assert actions.enforce(open_round, at=ENFORCED + timedelta(minutes=1)) is False
    assert Event.objects.filter(kind="lapsed").count() == 2


def test_a_submitted_application_is_left_alone(submitted, open_round):
    actions.enforce(open_round, at=ENFORCED)
    assert fresh(submitted).state == ApplicationState.SUBMITTED


def test_the_job_finds_every_round_that_is_due(pair, open_round, set_clock):
    celery_app.loader.import_default_modules()
    set_clock(ENFORCED)
    enforce_deadlines()  # outside a task the clock stands in real time: nothing is due yet
    assert fresh(pair[0]).state == ApplicationState.DRAFT
    enforce_deadlines.apply(throw=True)
    assert fresh(pair[0]).state == ApplicationState.LAPSED


def test_changes_that_nobody_submitted_are_told_of_once_and_the_version_counts(submitted, malmo):
    """Also to those who write for the partner; not where nothing has been changed."""
    actions.save_details(submitted, {"title_sv": "Nytt"}, by=malmo, at=MID_ROUND)
    for _time in range(2):
        actions.enforce(submitted.round, at=ENFORCED)
    mails = Message.objects.filter(kind="changes_left")
    assert len(set(mails.values_list("address", flat=True))) == mails.count() == 2
    mail = mails.get(address=malmo.email)
    assert "Version 1" in mail.body
    assert "Nytt" not in mail.subject + mail.body  # ICLD sees the case's mails, never the draft
