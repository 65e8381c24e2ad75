"""Two people at once, on two connections: who waits for whom, and what stands afterwards."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from applications import actions
from applications.actions.signing_links import Signer
from applications.models import (
    Application,
    DiaryCounter,
    Event,
    Round,
    Signature,
    SignatureRequest,
    Submission,
)
from applications.refusals import NewerVersion
from applications.states import ApplicationState
from funding.states import Phase
from partnerships.models import Partnership, Party, Seat, SteeringGroup
from partnerships.states import SeatRole
from tests.conftest import fresh
from tests.moments import ENFORCED, LAST_SECOND, MID_ROUND
from tests.settling import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def people():
    """`begin(work)` runs work on a connection of its own; what it raises comes back with result."""
    with ThreadPoolExecutor(max_workers=4) as pool:

        def begin(work: Callable[[], object]) -> Future:
            return pool.submit(_on_own_connection, work)

        yield begin


def _on_own_connection(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connection.close()


def until_waiting(count: int) -> None:
    """Go on when so many connections wait for a lock."""
    deadline = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
            )
            if cursor.fetchone()[0] >= count:
                return
    pytest.fail(f"{count} connections never waited for a lock")


@pytest.fixture
def seats(pair):
    """`seats(name)`: that name in the first seat of every party."""

    def seats(name: str) -> dict:
        parties = Party.objects.filter(partnership=pair[0].partnership)
        values = {"name": name, "title": "", "vacancy_reason": ""}
        return {(party, SeatRole.MAJORITY.value): values for party in parties}

    return seats


def test_two_who_save_the_seats_from_two_applications_wait_for_each_other(pair, seats, malmo):
    group = SteeringGroup.objects.create(partnership=pair[0].partnership)

    def save(application, name):
        return lambda: actions.save_seats(application, seats(name), by=malmo, at=MID_ROUND)

    with people() as begin:
        with transaction.atomic():
            SteeringGroup.objects.select_for_update().get(pk=group.pk)
            saves = [begin(save(row, name)) for row, name in zip(pair, ("Kim", "Lo"), strict=True)]
            until_waiting(2)
        for each in saves:
            each.result(PATIENCE)
    assert Seat.objects.filter(steering_group=group, name__in=["Kim", "Lo"]).count() == 2
    assert {fresh(row).revision for row in pair} == {2}


def test_a_submission_in_flight_at_the_close_does_not_lapse(ready, open_round, malmo):
    with people() as begin:
        with transaction.atomic():
            actions.submit(actions.together(ready), by=malmo, at=LAST_SECOND)
            enforced = begin(lambda: actions.enforce(open_round, at=ENFORCED))
            until_waiting(1)
        assert enforced.result(PATIENCE) is True
    assert fresh(ready).state == ApplicationState.SUBMITTED
    assert not Event.objects.filter(kind="lapsed").exists()


def test_two_projects_begun_at_once_share_one_steering_group(pair, malmo, malmo_stad, open_round):
    partnership = pair[0].partnership
    Application.objects.filter(pk=pair[1].pk).update(state=ApplicationState.LAPSED)

    def start():
        return actions.start(
            malmo_stad,
            phase=Phase.PROJECT,
            round=open_round,
            partnership=partnership,
            with_steering_group=True,
            by=malmo,
            at=MID_ROUND,
        )

    with people() as begin:
        with transaction.atomic():
            Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
            begun = [begin(start), begin(start)]
            until_waiting(2)
        steering = {each.result(PATIENCE)[1] for each in begun}
    assert len(steering) == 1


def test_the_steering_group_added_on_two_pages_at_once_is_one(pair, malmo, malmo_stad, open_round):
    partnership = pair[0].partnership
    Application.objects.filter(pk=pair[1].pk).update(state=ApplicationState.LAPSED)
    projects = [
        actions.start(
            malmo_stad,
            phase=Phase.PROJECT,
            round=open_round,
            partnership=partnership,
            by=malmo,
            at=MID_ROUND,
        )[0]
        for _one in range(2)
    ]

    def add(project):
        return lambda: actions.add_steering_group(project, by=malmo, at=MID_ROUND)

    with people() as begin:
        with transaction.atomic():
            Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
            added = [begin(add(project)) for project in projects]
            until_waiting(2)
        assert len({each.result(PATIENCE) for each in added}) == 1


def test_two_clicks_begin_again_once(ready, open_round, malmo):
    autumn = Round.objects.get(season="autumn", year=2027)
    actions.enforce(open_round, at=ENFORCED)
    lapsed = fresh(ready)

    def restart():
        return actions.restart(lapsed, round=autumn, by=malmo, at=autumn.opens_at)

    with people() as begin:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=lapsed.pk)
            clicks = [begin(restart), begin(restart)]
            until_waiting(2)
        assert len({each.result(PATIENCE) for each in clicks}) == 1
    assert Application.objects.filter(round=autumn).count() == 2


def test_two_submits_at_once_are_one_submission(ready, malmo):
    pair = actions.together(ready)

    def submit():
        return actions.submit(pair, by=malmo, at=MID_ROUND)

    with people() as begin:
        with transaction.atomic():
            Application.objects.select_for_update(no_key=True).get(pk=ready.pk)
            clicks = [begin(submit), begin(submit)]
            until_waiting(2)
        submissions = [each.result(PATIENCE) for each in clicks]
    assert submissions[0] == submissions[1]
    assert Submission.objects.count() == 2
    assert DiaryCounter.objects.get().last == 2
    assert Event.objects.filter(kind="submitted").count() == 2
    assert SignatureRequest.objects.count() == 4


def test_two_workers_at_the_close_hand_in_once(ready, open_round, malmo):
    actions.submit_at_close(actions.together(ready), wanted=True, by=malmo, at=MID_ROUND)

    def enforce():
        return actions.enforce(open_round, at=ENFORCED)

    with people() as begin:
        with transaction.atomic():
            Round.objects.select_for_update().get(pk=open_round.pk)
            workers = [begin(enforce), begin(enforce)]
            until_waiting(2)
        assert sorted(each.result(PATIENCE) for each in workers) == [False, True]
    assert Submission.objects.count() == 2
    assert DiaryCounter.objects.get().last == 2


def test_a_signature_and_a_new_version_at_once_leave_no_doubt_what_was_signed(submitted, malmo):
    asked = SignatureRequest.objects.filter(submission__application=submitted).first()
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    signer = Signer("Kim Ek", "Ordförande")

    with people() as begin:
        with transaction.atomic():
            actions.submit(actions.together(fresh(submitted)), by=malmo, at=MID_ROUND)
            signed = begin(lambda: actions.sign(asked, signer, by=None, at=MID_ROUND))
            until_waiting(1)
        with pytest.raises(NewerVersion):
            signed.result(PATIENCE)
    assert not Signature.objects.exists()
