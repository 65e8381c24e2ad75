"""A worker that is killed in the middle of the close's jobs, by SIGKILL, twice over."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.db import transaction

from accounts.models import User
from applications import actions
from applications.models import Application, Event, Round, Submission
from applications.states import ApplicationState
from applications.tasks import enforce_deadlines
from bench.deadline.scene import Applicant
from outbox.models import Message
from tests import broker
from tests.faults.conftest import (
    ENFORCED,
    MIDDLE,
    a_worker_does_everything,
    somebody_waits,
)
from tests.faults.processes import kill, until
from tests.faults.standing import everything_holds

pytestmark = pytest.mark.xdist_group("faults")

COMPLETE, LACKING = 6, 2
"""So many persons have asked for theirs to be handed in at the close; the others have not."""


def the_family(applicant: Applicant) -> list[Application]:
    rows = Application.objects.filter(public_id__in=applicant.family)
    return list(rows.for_pages().order_by("pk"))


def ask_to_hand_in_at_the_close(applicants: Sequence[Applicant]) -> None:
    for each in applicants:
        rows = the_family(each)
        actions.submit_at_close(rows, wanted=True, by=rows[0].created_by, at=MIDDLE)


def make_incomplete(applicants: Sequence[Applicant]) -> None:
    for each in applicants:
        for row in the_family(each):
            actions.save_details(row, {"title_en": ""}, by=row.created_by, at=MIDDLE)


@pytest.fixture
def complete(town) -> list[Applicant]:
    """Those whose applications are to be handed in at the close and will be."""
    asking = town.applicants[: COMPLETE + LACKING]
    ask_to_hand_in_at_the_close(asking)
    make_incomplete(asking[COMPLETE:])
    return asking[:COMPLETE]


@contextmanager
def one_application_held(public_id: str) -> Iterator[None]:
    with transaction.atomic():
        Application.objects.select_for_update().get(public_id=public_id)
        yield


@contextmanager
def the_last_summary_held(round_: Round) -> Iterator[None]:
    """The last that is written of a close: whoever writes it waits for what becomes of ours."""
    officer = User.objects.get(email="handlaggare2@example.org")
    key = f"round-summary:{round_.pk}:{round_.closes_at:%Y%m%dT%H%M}:{officer.pk}"
    with transaction.atomic():
        moment = {"written_at": MIDDLE, "due_at": MIDDLE}
        Message.objects.create(key=key, kind="held", address=officer.email, **moment)
        yield
        transaction.set_rollback(True)


def a_worker_comes_to_a_lock_and_is_killed(portal) -> None:
    with portal.worker() as worker:
        broker.send(enforce_deadlines.name)
        until(somebody_waits, "the worker waits for what we hold")
        kill(worker)


def test_what_a_killed_worker_leaves_undone_the_next_one_does_and_nobody_is_told_twice(
    portal, town, complete, set_clock
):
    assert Application.objects.filter(state=ApplicationState.DRAFT).count() >= 20
    names = [name for applicant in complete for name in applicant.family]
    in_the_middle = complete[COMPLETE // 2].family[0]
    set_clock(ENFORCED)

    with one_application_held(in_the_middle):
        a_worker_comes_to_a_lock_and_is_killed(portal)
        before = Submission.objects.count()
    assert 0 < before < len(names)
    assert not Event.objects.filter(kind="lapsed").exists()

    with the_last_summary_held(town.round):
        a_worker_comes_to_a_lock_and_is_killed(portal)
    assert Submission.objects.count() == len(names)
    assert not Event.objects.filter(kind="lapsed").exists()
    assert Round.objects.get(pk=town.round.pk).enforced_at is None

    a_worker_does_everything(portal)
    assert Round.objects.get(pk=town.round.pk).enforced_at is not None
    everything_holds(names, portal.mails)
    lacking = [row for each in town.applicants[COMPLETE:][:LACKING] for row in each.family]
    told = Message.objects.filter(kind="draft_lapsed_incomplete")
    assert told.count() == 2 * len(lacking)  # somebody on each side
