"""For the tests of what runs beside the portal."""

import signal

import pytest


@pytest.fixture
def in_time():
    """Waiting for a lock is the proof that somebody is gone; this bounds the wait."""

    def too_late(*_signal):
        raise TimeoutError("somebody still holds the lock")

    signal.signal(signal.SIGALRM, too_late)
    signal.alarm(30)
    yield
    signal.alarm(0)
