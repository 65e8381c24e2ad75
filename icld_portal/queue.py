"""Waking the worker. The work itself is a row in the database; a wake-up only saves waiting."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

WAKEABLE = {
    "outbox.tasks.drain",
    "applications.tasks.render_submissions",
    "applications.tasks.enforce_deadlines",
    "applications.tasks.tell_about_closed_countries",
    "decisions.tasks.open_cases",
    "decisions.tasks.render_letters",
}
"""Every name that may be woken; a test asserts that each is a registered task."""


def wake(name: str) -> None:
    """Ask the worker to run a task once the current transaction has been committed.

    A broker that is down is logged and forgotten: beat sweeps the same rows every minute.
    Raises KeyError for a name that is not in WAKEABLE.
    """
    if name not in WAKEABLE:
        raise KeyError(name)
    transaction.on_commit(lambda: _send(name))


def _send(name: str) -> None:
    try:
        current_app.send_task(name, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("wake-up of %s not delivered, beat will sweep: %s", name, error)
