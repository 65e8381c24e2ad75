"""A draft as a PDF, at any time: plainly marked as one, and never what counts."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from accounts.states import Language
from applications.documents.shown import Shown
from applications.models import Application
from icld_portal.formats import receipt_moment
from icld_portal.pdf import render_pdf


def render_draft(
    application: Application, found: Shown, *, at: datetime, language: str = Language.SWEDISH
) -> bytes:
    """The application as it stands at that moment, with headings in one language."""
    with translation.override(language):
        page = {
            "application": application,
            "content": found.content,
            "title": application.title,
            "mark": gettext("Draft %(moment)s, not submitted") % {"moment": receipt_moment(at)},
            "total_sek": found.draft.total_sek,
            "missing": len(found.draft.missing) + len(found.draft.stops),
            "at": at,
            "language": language,
        }
        return render_pdf(render_to_string("applications/pdf/draft.html", page))


def draft_filename(application: Application, language: str = Language.SWEDISH) -> str:
    """ "Utkast Unga i klimatomställningen.pdf", in the language of its headings."""
    with translation.override(language):
        return f"{gettext('Draft')} {application.title}.pdf"
