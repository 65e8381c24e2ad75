"""The tick; and tasks run in the demo's time too: the offset is read once per task."""

from contextvars import ContextVar

from celery import shared_task
from celery.signals import task_postrun, task_prerun

from icld_portal import clock
from icld_portal.demo.clock import current_offset
from icld_portal.watch import ticking

_entered: ContextVar = ContextVar("entered_demo_time")


@task_prerun.connect
def enter_demo_time(**_kwargs) -> None:
    moved = clock.offset(current_offset())
    moved.__enter__()
    _entered.set(moved)


@task_postrun.connect
def leave_demo_time(**_kwargs) -> None:
    _entered.get().__exit__(None, None, None)


@shared_task
def tick() -> None:
    """Look at the portal from outside and keep the record of when it could not serve."""
    ticking.tick()
