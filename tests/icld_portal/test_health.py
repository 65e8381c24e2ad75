"""The page that says how the portal is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from icld_portal import clock
from icld_portal.models import Cause, Heartbeat
from icld_portal.overdue import PATIENCE
from tests.moments import MID_ROUND

PAGE = "/halsa/"
ALL_WELL = {
    "database": "ok",
    "clock": "ok",
    "cache": "ok",
    "worker queue": "ok",
    "beat": "not yet",
    "due work": "ok",
}


@pytest.fixture(autouse=True)
def _watched_alone(notes, clock_memory, request):
    if "database_down" not in request.fixturenames:
        request.getfixturevalue("set_clock")(MID_ROUND)


def ticked(ago: timedelta) -> None:
    Heartbeat.objects.create(pk=1, ticked_at=clock.real_now() - ago)


@pytest.mark.django_db
def test_all_is_well(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):  # the demo's clock, the beat, three kinds of work
        response = client.get(PAGE)
    assert (response.status_code, response.json()) == (200, ALL_WELL)
    assert "no-store" in response.headers["Cache-Control"]
    assert reverse("health") == PAGE


@pytest.mark.django_db
def test_it_answers_inside_the_container_where_there_is_no_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(PAGE).status_code == 200
    assert client.get("/").status_code == 301


@pytest.mark.django_db
def test_without_redis_the_portal_is_said_to_live_and_the_queue_is_noted(client, redis_down, notes):
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response.json() == ALL_WELL | {"cache": "down", "worker queue": "down"}
    assert [note.cause for note in notes()] == [Cause.QUEUE]


def test_without_its_database_it_is_not_and_notes_it(database_down, notes):
    with database_down():
        response = Client(raise_request_exception=False).get(PAGE)
    unknown = dict.fromkeys(("clock", "beat", "due work"), "unknown")
    assert response.status_code == 503
    assert response.json() == ALL_WELL | {"database": "down"} | unknown
    assert [note.cause for note in notes()] == [Cause.DATABASE]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(), "ok"),
        (timedelta(minutes=2, seconds=55), "ok"),
        (timedelta(minutes=4), "late, last 240 s ago"),
    ],
)
def test_a_missed_beat_is_seen_and_the_portal_lives(client, ago, said):
    ticked(ago)
    response = client.get(PAGE)
    assert (response.status_code, response.json()) == (200, ALL_WELL | {"beat": said})


@pytest.mark.django_db
@pytest.mark.parametrize("ahead", [timedelta(seconds=301), timedelta(seconds=-301)])
def test_a_process_whose_clock_is_wrong_is_not_well_and_blames_nobody_else(
    client, monkeypatch, ahead
):
    ticked(timedelta())
    real = clock.real_now
    monkeypatch.setattr(clock, "real_now", lambda: real() + ahead)
    response = client.get(PAGE)
    assert response.status_code == 503
    assert response.json() == ALL_WELL | {"beat": "ok", "clock": "off by 301 s"}


@pytest.mark.django_db
def test_work_that_is_late_is_named_and_says_nothing_of_anybody(client, submitted, set_clock):
    set_clock(MID_ROUND + PATIENCE - timedelta(seconds=30))
    assert client.get(PAGE).json() == ALL_WELL
    set_clock(MID_ROUND + PATIENCE + timedelta(seconds=1))
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response.json() == ALL_WELL | {"due work": "late: messages, submission PDFs"}
