"""What the worker does for cases and letters. Thin: fetch what is due, call the action."""

from functools import partial

from celery import shared_task

from applications.models import Application
from decisions import actions
from decisions.querysets import without_case
from icld_portal import clock
from icld_portal.batches import each


@shared_task
def open_cases() -> None:
    """Open a case for every submitted application that has none."""
    at = clock.now()
    each(without_case(Application.objects.all()), partial(actions.open_case, at=at))


@shared_task
def render_letters() -> None:
    """Make every frozen letter that is missing; one that fails does not stop the others."""
    last = 0
    while last is not None:
        last = actions.render_next_letter(at=clock.now(), after=last)
