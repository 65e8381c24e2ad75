"""The portal in figures, read as Prometheus reads them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from icld_portal import clock
from icld_portal.models import Cause, Heartbeat
from icld_portal.watch import disturbances
from outbox.models import Message
from outbox.states import MessageState
from tests.moments import MID_ROUND

PAGE = "/halsa/matt/"


@pytest.fixture(autouse=True)
def _watched_alone(notes, clock_memory):
    """Files and a memory of this test's own."""


def figures(client) -> dict:
    """`name` or (`name`, value of its one label) -> figure."""
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in response.headers["Cache-Control"]
    families = text_string_to_metric_families(response.content.decode())
    return {
        (sample.name, *sample.labels.values()) if sample.labels else sample.name: sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.django_db
def test_a_quiet_portal_in_figures(client, set_clock, django_assert_max_num_queries):
    set_clock(MID_ROUND)
    with django_assert_max_num_queries(7):
        found = figures(client)
    assert reverse("metrics") == PAGE
    assert found["portal_database_up"] == found["portal_cache_up"] == found["portal_queue_up"] == 1
    assert "portal_beat_age_seconds" not in found
    assert 0 < found["portal_database_answer_seconds"] < 10
    assert abs(found["portal_clock_ahead_seconds"]) < 5
    assert found["portal_overdue", "messages"] == 0
    assert found["portal_messages", "failed"] == 0
    assert found["portal_disturbed", "page"] == 0


@pytest.mark.django_db
def test_a_dead_worker_shows_in_the_figures(client, submitted, set_clock):
    Message.objects.filter(pk=Message.objects.first().pk).update(state=MessageState.FAILED)
    queued = Message.objects.filter(state=MessageState.QUEUED).count()
    set_clock(MID_ROUND + timedelta(hours=1))
    Heartbeat.objects.create(pk=1, ticked_at=clock.real_now() - timedelta(hours=1))
    disturbances.begin(Cause.PAGE, clock.real_now())
    found = figures(client)
    assert found["portal_beat_age_seconds"] == pytest.approx(3600, abs=60)
    assert found["portal_overdue", "messages"] == queued
    assert found["portal_overdue", "submission PDFs"] == 2
    assert found["portal_overdue_oldest_seconds", "submission PDFs"] == pytest.approx(3600, abs=60)
    assert found["portal_messages", "queued"] == queued
    assert found["portal_messages", "failed"] == 1
    assert found["portal_disturbed", "page"] == 1


@pytest.mark.django_db
def test_a_wrong_clock_is_a_figure_with_its_sign(client, monkeypatch):
    real = clock.real_now
    monkeypatch.setattr(clock, "real_now", lambda: real() - timedelta(seconds=301))
    assert figures(client)["portal_clock_ahead_seconds"] == pytest.approx(-301, abs=5)


@pytest.mark.django_db
def test_nothing_in_the_figures_is_about_anybody(client, submitted, set_clock):
    set_clock(MID_ROUND + timedelta(hours=1))
    told = client.get(PAGE).content.decode().lower()
    assert "@" not in told
    assert "malm" not in told


def test_a_database_that_is_down_is_a_figure(database_down):
    with database_down():
        found = figures(Client(raise_request_exception=False))
    assert found == {"portal_database_up": 0, "portal_cache_up": 1, "portal_queue_up": 1}
