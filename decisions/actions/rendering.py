import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.actions import record, write_to
from applications.actions.telling import people_of
from applications.canonical import sha256
from decisions.documents.letter import filename, render, title_of
from decisions.models import Letter
from decisions.states import Outcome
from icld_portal.formats import kronor

CONTACT = ("name", "phone", "email")

logger = logging.getLogger(__name__)


@transaction.atomic
def render_next_letter(*, at: datetime, after: int = 0) -> int | None:
    """Make the PDF of the oldest frozen letter after `after` that lacks one, and send it.

    PDF and e-mails are written in one transaction, the PDF once and for all. What goes wrong is
    kept on the letter, logged, and tried again at the next sweep. Returns the letter's id, or None
    when none is waiting. Runs in as many workers as one likes.
    """
    waiting = Letter.objects.to_render().filter(pk__gt=after)
    letter = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if letter is None:
        return None
    try:
        with transaction.atomic():
            _make(letter, at)
    except Exception as error:  # whatever one letter trips over, the others go on
        logger.exception("letter %s was not made", letter.pk)
        Letter.objects.filter(pk=letter.pk).update(
            attempts=F("attempts") + 1, error=f"{type(error).__name__}: {error}"
        )
    return letter.pk


def _make(letter: Letter, at: datetime) -> None:
    pdf = render(letter.context, version=letter.template_version)
    Letter.objects.filter(pk=letter.pk).update(
        pdf=pdf, sha256=sha256(pdf), rendered_at=at, attempts=F("attempts") + 1, error=""
    )
    application = letter.decision.case.application
    write_to(
        people_of(application),
        application,
        kind="decision_letter",
        key=f"letter:{letter.pk}",
        figures=lambda: _figures(letter),
        at=at,
        attachments=[(filename(letter.context), "application/pdf", pdf)],
    )
    record(application, "letter_sent", at=at, sha256=sha256(pdf))


def _figures(letter: Letter) -> dict[str, object]:
    """The mail's placeholders, in the active language."""
    context, application = letter.context, letter.decision.case.application
    return {
        "dnr": context["dnr"],
        "title": title_of(context),
        "outcome": Outcome(context["outcome"]).label,
        "amount_line": _amount_line(context["amount_sek"]),
        "contact": ", ".join(filter(None, (context["contact"][part] for part in CONTACT))),
        "link": settings.PORTAL_URL + reverse("application_decision", args=[application.public_id]),
    }


def _amount_line(amount_sek: int) -> str:
    return _("Amount granted: %(amount)s") % {"amount": kronor(amount_sek)} if amount_sek else ""
