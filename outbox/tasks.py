from celery import shared_task

from icld_portal import clock
from outbox import actions


@shared_task
def drain() -> None:
    """Send everything that is due."""
    while actions.send_next(at=clock.now()):
        pass
