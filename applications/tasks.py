"""What the worker does for applications. Thin: fetch what is due, call the action."""

import logging

from celery import shared_task

from applications import actions
from applications.models import Application, Round
from icld_portal import clock
from partnerships.models import Country

logger = logging.getLogger(__name__)


@shared_task
def enforce_deadlines() -> None:
    """Carry out every close that is due and has not been carried out."""
    at = clock.now()
    for round_ in Round.objects.to_enforce(at).order_by("closes_at"):
        actions.enforce(round_, at=at)


@shared_task
def render_submissions() -> None:
    """Make every submission's PDF that is missing; one that fails does not stop the others."""
    last = 0
    while last is not None:
        last = actions.render_next(at=clock.now(), after=last)


@shared_task
def tell_about_closed_countries() -> None:
    """Tell the people of drafts whose country was closed at once."""
    at = clock.now()
    closed = Country.objects.closed_at_once_by(clock.local_date(at))
    for draft in Application.objects.drafts_naming(closed):
        actions.tell_about_closed_country(draft, at=at)
