"""What the worker does for applications. Thin: fetch what is due, call the action."""

from functools import partial

from celery import shared_task

from applications import actions
from applications.models import Application, AttachmentPromise, Round, Submission
from icld_portal import clock
from icld_portal.batches import each
from icld_portal.watch import clocks
from partnerships.models import Country


@shared_task
def enforce_deadlines() -> None:
    """Carry out every close that is due and has not been carried out, a dispensation's too."""
    clocks.ensure_right()
    at = clock.now()
    each(Round.objects.to_enforce(at).order_by("closes_at"), partial(actions.enforce, at=at))
    each(Application.objects.late_drafts_due(at), partial(actions.lapse_late, at=at))


@shared_task
def remind() -> None:
    """Remind of what is not handed in, in every round that nears its close."""
    clocks.ensure_right()
    at = clock.now()
    each(Round.objects.closing_soon(at), partial(actions.remind, at=at))


@shared_task
def warn_of_unready_rounds() -> None:
    """Tell ICLD of rounds that are soon to open, or should have, and cannot."""
    at = clock.now()
    each(Round.objects.unready(at), partial(actions.warn_of_unready, at=at))


@shared_task
def render_submissions() -> None:
    """Make every submission's PDF that is missing; one that fails does not stop the others."""
    last = 0
    while last is not None:
        last = actions.render_next(at=clock.now(), after=last)


@shared_task
def scan_attachments() -> None:
    """Have every file that waits looked at by the scanner."""
    last = 0
    while last is not None:
        last = actions.scan_next(at=clock.now(), after=last)


@shared_task
def draw_previews() -> None:
    """Draw the pictures of every file that has none tried yet."""
    last = 0
    while last is not None:
        last = actions.draw_next(after=last)


@shared_task
def follow_up_promises() -> None:
    """Remind of promised attachments that are near their day or past it."""
    at = clock.now()
    promises = AttachmentPromise.objects.to_follow_up(clock.local_date(at))
    each(promises, partial(actions.follow_up, at=at))


@shared_task
def clean_files() -> None:
    """Throw away leftovers of uploads, and removed files that nobody took back."""
    actions.clean_files(at=clock.now())


@shared_task
def chase_signatures() -> None:
    """Ask for the signatures that are missing when their last day has passed."""
    at = clock.now()
    each(Submission.objects.not_signed_by(at), partial(actions.chase_signatures, at=at))


@shared_task
def tell_about_closed_countries() -> None:
    """Tell the people of drafts whose country was closed at once."""
    at = clock.now()
    closed = Country.objects.closed_at_once_by(clock.local_date(at))
    drafts = Application.objects.drafts_naming(closed)
    each(drafts, partial(actions.tell_about_closed_country, at=at))


@shared_task
def plan_rounds() -> None:
    """Add the regular rounds of the years ahead that are not there yet."""
    actions.plan_rounds(at=clock.now())
