"""For the tests of what runs beside the portal."""

import signal

import pytest
from celery import current_app

from icld_portal import queue
from icld_portal.outages import Outage


@pytest.fixture
def in_time():
    """Waiting for a lock is the proof that somebody is gone; this bounds the wait."""

    def too_late(*_signal):
        raise TimeoutError("somebody still holds the lock")

    signal.signal(signal.SIGALRM, too_late)
    signal.alarm(30)
    yield
    signal.alarm(0)


@pytest.fixture
def redis_down(settings, tmp_path, monkeypatch):
    """Neither the cache nor the queue can be reached."""
    dead = tmp_path / "nobody.sock"
    cache = settings.CACHES["default"] | {"LOCATION": f"unix://{dead}"}
    settings.CACHES = {"default": cache}
    monkeypatch.setattr(current_app.conf, "broker_url", f"redis+socket://{dead}")
    monkeypatch.setattr(queue, "outage", Outage("the queue"))
