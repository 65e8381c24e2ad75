"""For the tests of what runs beside the portal."""

import signal
from contextlib import contextmanager

import pytest
from celery import current_app
from django.db import connection

from icld_portal import queue
from icld_portal.outages import Outage
from icld_portal.watch import clocks, spool


@pytest.fixture
def in_time():
    """Waiting for a lock is the proof that somebody is gone; this bounds the wait."""

    def too_late(*_signal):
        raise TimeoutError("somebody still holds the lock")

    signal.signal(signal.SIGALRM, too_late)
    signal.alarm(120)
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


@pytest.fixture
def notes(settings, tmp_path, monkeypatch):
    """`notes()` is what this test has noted, in a folder and by a process of its own."""
    settings.ATTACHMENTS_ROOT = str(tmp_path / "attachments")
    monkeypatch.setattr(spool, "_noted", {})
    return lambda: [note for name in spool.set_aside() for note in spool.read(name)]


@pytest.fixture
def clock_memory(monkeypatch):
    """A process that has not asked what time it is."""
    memory = clocks.Memory()
    monkeypatch.setattr(clocks, "memory", memory)
    return memory


@pytest.fixture
def database_down(settings, tmp_path, django_db_blocker, monkeypatch):
    """`with database_down():` the database's socket is closed. Not for tests that use it."""
    settings.DEMO = False

    @contextmanager
    def down():
        with django_db_blocker.unblock():
            connection.close()
            with monkeypatch.context() as broken:
                broken.setitem(connection.settings_dict, "HOST", str(tmp_path))
                yield
            connection.close()

    return down
