"""What the worker does for cases and letters. Thin: fetch what is due, call the action."""

from functools import partial

from celery import shared_task

from applications.models import Application
from decisions import actions
from decisions.querysets import lagging
from icld_portal import clock
from icld_portal.batches import each


@shared_task
def open_cases() -> None:
    """Take in every submission that ICLD's side does not know yet, opening cases."""
    at = clock.now()
    each(lagging(Application.objects.all()), partial(actions.open_case, at=at))


@shared_task
def render_letters() -> None:
    """Make every frozen letter that is missing; one that fails does not stop the others."""
    last = 0
    while last is not None:
        last = actions.render_next_letter(at=clock.now(), after=last)
