"""Reminders while something else happens, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from applications import actions, tasks
from applications.models import Round, RoundOccasion
from icld_portal import clock
from outbox.models import Message
from tests.conftest import fresh
from tests.moments import SWEDEN
from tests.settling import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = datetime(2027, 3, 12, 8, tzinfo=SWEDEN)


def told():
    return Message.objects.filter(kind__in=["draft_reminder", "changes_reminder"])


def on_own_connection(work):
    try:
        return work()
    finally:
        connection.close()


def test_two_workers_that_run_the_job_at_once_tell_everybody_once(pair, malmo, lusaka):
    together = Barrier(2, timeout=PATIENCE)

    def job():
        with clock.offset(MORNING - clock.real_now()):
            together.wait()
            tasks.remind()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(on_own_connection, job) for _worker in range(2)]:
            done.result(PATIENCE)
    assert {told().filter(address=who.email).count() for who in (malmo, lusaka)} == {2}
    assert RoundOccasion.objects.filter(passed_over=False).count() == 1


def test_who_is_just_handing_in_is_not_reminded(ready, open_round, malmo):
    """The job had found the draft; it waits for the submission and looks again."""
    submitted, found = Event(), Round.objects.closing_soon(MORNING).get(pk=open_round.pk)

    def job():
        submitted.wait(PATIENCE)
        actions.remind(found, at=MORNING + timedelta(seconds=1))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.submit(actions.together(fresh(ready)), by=malmo, at=MORNING)
            done = pool.submit(on_own_connection, job)
            submitted.set()
            _until_waiting()
        done.result(PATIENCE)
    assert not told().exists()


def _until_waiting() -> None:
    """Go on when the job waits for the rows that are being handed in."""
    end = clock.real_now() + timedelta(seconds=PATIENCE)
    with connection.cursor() as cursor:
        while clock.real_now() < end:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
            )
            if cursor.fetchone()[0]:
                return
    pytest.fail("the job never waited")
