"""What the worker does for cases and letters. Thin: fetch what is due, call the action."""

from celery import shared_task

from applications.models import Application
from decisions import actions
from decisions.querysets import without_case
from icld_portal import clock


@shared_task
def open_cases() -> None:
    """Open a case for every submitted application that has none."""
    at = clock.now()
    for application in without_case(Application.objects.all()):
        actions.open_case(application, at=at)


@shared_task
def render_letters() -> None:
    """Make every frozen letter that is missing; one that fails does not stop the others."""
    last = 0
    while last is not None:
        last = actions.render_next_letter(at=clock.now(), after=last)
