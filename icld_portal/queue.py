"""Waking the worker. The work itself is a row in the database; a wake-up only saves waiting."""

from collections.abc import Callable

from celery import current_app
from django.db import connection, transaction
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.pools import producers

from icld_portal.outages import Outage

outage = Outage("the queue")

QUICK = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}
"""For whoever wakes, since somebody waits for the page: seconds, and no second attempt. The worker
has connections of its own, which wait as long as it takes."""

WAKEABLE = {
    "outbox.tasks.drain",
    "applications.tasks.render_submissions",
    "applications.tasks.scan_attachments",
    "applications.tasks.draw_previews",
    "applications.tasks.follow_up_promises",
    "applications.tasks.enforce_deadlines",
    "applications.tasks.tell_about_closed_countries",
    "decisions.tasks.open_cases",
    "decisions.tasks.render_letters",
}
"""Every name that may be woken; a test asserts that each is a registered task."""


def wake(name: str) -> None:
    """Ask the worker to run a task once the current transaction has been committed.

    However often a name is woken in a transaction, it is sent once. A broker that is down is logged
    and forgotten: beat sweeps the same rows every minute. Raises KeyError for a name that is not in
    WAKEABLE.
    """
    wake_up = _WAKE_UPS[name]
    if wake_up not in (waiting for _savepoints, waiting, _robust in connection.run_on_commit):
        # Robust: what has been committed must never end in an error page.
        transaction.on_commit(wake_up, robust=True)


def answers() -> bool:
    """Whether the broker can be reached just now."""
    with _broker() as broker:
        try:
            return broker.default_channel.client.ping()
        except (OperationalError, OSError, *broker.connection_errors):
            return False


def _send(name: str) -> None:
    if outage.is_known:
        return
    broker = _broker()
    try:
        with producers[broker].acquire(block=True, timeout=1) as producer:
            current_app.send_task(name, producer=producer, retry=False)
    except (OperationalError, OSError, *broker.connection_errors) as error:
        outage.began(error)
    else:
        outage.ended()


def _wake_up(name: str) -> Callable[[], None]:
    return lambda: _send(name)


_WAKE_UPS = {name: _wake_up(name) for name in WAKEABLE}
"""What waits for the commit; one object per name, so that a second one is recognised."""


def _broker() -> Connection:
    """Connects when it is first used."""
    return current_app.connection_for_write(transport_options=QUICK)
