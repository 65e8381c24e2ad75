import logging
from datetime import datetime

from django.db import transaction

from accounts.states import Language
from applications.actions.giving_out import note_given_out
from applications.canonical import sha256
from applications.documents.submission_pdf import render
from applications.models import Submission, SubmissionPdf
from applications.states import DocumentKind

logger = logging.getLogger(__name__)


@transaction.atomic
def render_next(*, at: datetime, after: int = 0) -> int | None:
    """Make the PDF of the oldest submission after `after` that lacks one.

    Returns its id, or None when there is none. What goes wrong is logged and tried again at the
    next sweep. Runs in as many workers as one likes.
    """
    waiting = Submission.objects.without_pdf().filter(pk__gt=after)
    submission = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if submission is None:
        return None
    try:
        with transaction.atomic():
            _make(submission, at)
    except Exception:  # whatever one submission trips over, the others go on
        logger.exception("the PDF of submission %s was not made", submission.pk)
    return submission.pk


def _make(submission: Submission, at: datetime) -> None:
    """Kept, and known to the page that verifies from the moment that it can be read."""
    pdf = render(submission)
    SubmissionPdf.objects.create(
        submission=submission, content=pdf, sha256=sha256(pdf), rendered_at=at
    )
    note_given_out(submission, DocumentKind.APPLICATION, Language.SWEDISH, pdf, at=at)
