"""A draft as a PDF, at any time: plainly marked as one, and never what counts."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from applications.documents.shown import Shown
from applications.models import Application
from icld_portal.formats import receipt_moment
from icld_portal.pdf import render_pdf


def render_draft(application: Application, found: Shown, *, at: datetime) -> bytes:
    """The application as it stands at that moment; Swedish headings, as in what is handed in."""
    with translation.override("sv"):
        page = {
            "application": application,
            "content": found.content,
            "title": application.title,
            "mark": gettext("Draft %(moment)s, not submitted") % {"moment": receipt_moment(at)},
            "total_sek": found.draft.total_sek,
            "missing": len(found.draft.missing) + len(found.draft.stops),
            "at": at,
        }
        return render_pdf(render_to_string("applications/pdf/draft.html", page))


def draft_filename(application: Application) -> str:
    """ "Utkast Unga i klimatomställningen.pdf": Swedish, as the headings in the file."""
    with translation.override("sv"):
        return f"Utkast {application.title}.pdf"
