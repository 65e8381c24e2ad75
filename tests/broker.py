"""Asking a worker from the outside, as beat does."""

from celery.result import AsyncResult

from icld_portal.celery import app


def send(name: str) -> AsyncResult:
    """Send a task to the broker that is configured just now; tests configure several. The
    application's own pool would remember the first it met."""
    with app.connection_for_write() as broker:
        return app.send_task(name, connection=broker)
