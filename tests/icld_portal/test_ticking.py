"""What beat asks for every minute."""

import socket
from datetime import timedelta

import pytest
from django.db import OperationalError

from icld_portal import clock, tasks
from icld_portal.celery import app
from icld_portal.models import Cause, Disturbance, Heartbeat
from icld_portal.watch import spool, ticking
from icld_portal.watch.ticking import tick

MINUTE = timedelta(minutes=1)


@pytest.fixture
def closed_door(settings):
    """The portal's address, where nobody listens."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.PORTAL_URL = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        yield settings.PORTAL_URL


@pytest.fixture(autouse=True)
def _watched_alone(notes, clock_memory):
    """Files and a memory of this test's own."""


def ticked(ago: timedelta, door: str = "") -> None:
    at = clock.real_now() - ago
    Heartbeat.objects.update_or_create(pk=1, defaults={"ticked_at": at, "door": door})


def causes() -> list[tuple]:
    """Cause, whether it lasts, failed submissions."""
    rows = Disturbance.objects.order_by("cause", "began_at")
    return [(row.cause, row.ended_at is None, row.failed_submissions) for row in rows]


def test_beat_asks_for_it_every_minute():
    app.loader.import_default_modules()
    entry = app.conf.beat_schedule["icld_portal.tasks.tick"]
    assert entry["task"] in app.tasks
    assert entry["schedule"] == app.conf.beat_schedule["outbox.tasks.drain"]["schedule"]


@pytest.mark.django_db(transaction=True)
def test_ticks_of_a_portal_that_is_well_leave_one_row_and_no_record(live_server, settings):
    settings.PORTAL_URL = live_server.url
    for _turn in range(3):
        tasks.tick()
    beat = Heartbeat.objects.get()
    assert beat.door == live_server.url
    assert clock.real_now() - beat.ticked_at < MINUTE
    assert causes() == []


@pytest.mark.django_db
def test_a_door_that_used_to_answer_and_does_not_is_on_record_until_it_answers(
    closed_door, settings
):
    ticked(MINUTE, door=closed_door)
    tick()
    tick()
    assert causes() == [("page", True, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_door_that_answers_again_ends_the_record(live_server, settings):
    ticked(MINUTE, door=live_server.url)
    Disturbance.objects.create(began_at=clock.real_now() - MINUTE, cause=Cause.PAGE)
    settings.PORTAL_URL = live_server.url
    tick()
    assert causes() == [("page", False, 0)]


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["", "https://another.example.org"])
def test_a_door_that_never_answered_from_here_is_no_outage(closed_door, door):
    ticked(MINUTE, door=door)
    tick()
    assert causes() == []


@pytest.mark.django_db
def test_a_question_that_cannot_be_put_changes_nothing(settings):
    settings.PORTAL_URL = "http://portal.invalid"
    ticked(MINUTE, door=settings.PORTAL_URL)
    Disturbance.objects.create(began_at=clock.real_now(), cause=Cause.PAGE)
    tick()
    assert causes() == [("page", True, 0)]


# --- ticks that did not come ----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_long_silence_is_on_record_as_unmeasured(closed_door, set_clock):
    set_clock(clock.real_now() + timedelta(days=30))
    ticked(timedelta(minutes=20))
    with clock.offset(timedelta(days=30)):
        tick()
        last, now = clock.now() - timedelta(minutes=20), clock.now()
    tick()
    row = Disturbance.objects.get()
    assert row.cause == Cause.UNMEASURED
    assert row.began_at == pytest.approx(last, abs=MINUTE)
    assert row.ended_at == pytest.approx(now, abs=MINUTE)


@pytest.mark.django_db
def test_two_minutes_of_silence_are_none(closed_door):
    ticked(timedelta(minutes=2, seconds=50))
    tick()
    assert causes() == []


@pytest.mark.django_db
def test_what_lasted_at_the_last_look_is_not_claimed_for_the_silence(closed_door):
    ticked(timedelta(minutes=20), door=closed_door)
    began = clock.real_now() - timedelta(minutes=30)
    Disturbance.objects.create(began_at=began, cause=Cause.PAGE)
    tick()
    assert causes() == [("page", False, 0), ("page", True, 0), ("unmeasured", False, 0)]
    first, again = Disturbance.objects.filter(cause=Cause.PAGE)
    assert again.began_at - first.ended_at > timedelta(minutes=19)


# --- what was noted meanwhile ---------------------------------------------------------------------


@pytest.mark.django_db
def test_failures_noted_in_the_file_are_counted_once(closed_door, notes):
    ticked(MINUTE)
    for _turn in range(3):
        spool.note(Cause.DATABASE, is_submission=True)
    tick()
    tick()
    assert causes() == [("database", False, 3)]
    assert notes() == []


@pytest.mark.django_db
def test_a_file_that_was_counted_and_not_dropped_counts_once(closed_door, monkeypatch):
    """The worker is killed between the two."""
    ticked(MINUTE)
    spool.note(Cause.WEB, is_submission=True)
    with monkeypatch.context() as killed:
        killed.setattr(spool, "drop", lambda name: None)
        tick()
        spool.note(Cause.WEB, is_submission=True)
        tick()
    tick()
    assert causes() == [("web", False, 2)]
    assert spool.set_aside() == []
    tick()
    assert Heartbeat.objects.get().spools == []


@pytest.mark.django_db
def test_a_tick_that_broke_off_before_it_was_kept_counts_in_the_next(closed_door, monkeypatch):
    ticked(MINUTE)
    spool.note(Cause.WEB, is_submission=True)
    with monkeypatch.context() as broken:
        broken.setattr(Heartbeat, "save", _fail)
        with pytest.raises(OperationalError):
            tick()
    assert causes() == []
    tick()
    assert causes() == [("database", False, 0), ("web", False, 1)]


@pytest.mark.django_db
def test_a_failure_by_a_clock_ahead_of_ours_is_of_now(closed_door, monkeypatch):
    ticked(MINUTE)
    real = clock.real_now
    with monkeypatch.context() as ahead:
        ahead.setattr(clock, "real_now", lambda: real() + timedelta(hours=1))
        spool.note(Cause.WEB, is_submission=True)
    tick()
    assert Disturbance.objects.get().ended_at <= clock.real_now()


def test_a_tick_without_a_database_notes_it_and_fails(closed_door, database_down, notes):
    with database_down(), pytest.raises(OperationalError):
        tick()
    assert [note.cause for note in notes()] == [Cause.DATABASE]


def test_the_age_of_a_beat_is_late_after_three_minutes():
    assert not ticking.is_late(timedelta(minutes=3))
    assert ticking.is_late(timedelta(minutes=3, seconds=1))


def _fail(*_args, **_kwargs):
    raise OperationalError("gone")
