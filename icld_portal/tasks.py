"""Tasks run in the demo's time too: the offset is read once per task."""

from contextvars import ContextVar

from celery.signals import task_postrun, task_prerun

from icld_portal import clock
from icld_portal.demo.clock import current_offset

_entered: ContextVar = ContextVar("entered_demo_time")


@task_prerun.connect
def enter_demo_time(**_kwargs) -> None:
    moved = clock.offset(current_offset())
    moved.__enter__()
    _entered.set(moved)


@task_postrun.connect
def leave_demo_time(**_kwargs) -> None:
    _entered.get().__exit__(None, None, None)
