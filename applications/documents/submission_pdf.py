"""The frozen submission as a PDF: headings in one language, the content as written.

The document that is kept, and that signatures and receipts speak of, has Swedish headings. Whoever
reads the portal in English gets a reading copy of the same content.
"""

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.states import Language
from applications.models import Submission, SubmissionPdf
from icld_portal.pdf import render_pdf

KEPT_FOR = 60 * 60
"""Seconds that a reading copy lies ready for the next who reads it."""


def render(submission: Submission, language: str = Language.SWEDISH) -> bytes:
    """A tagged A4 document made from the frozen copy alone; the same copy gives the same bytes."""
    return render_pdf(html_of(submission, language))


def reading_copy(pdf: SubmissionPdf, language: str) -> bytes:
    """The kept document, or one with the headings of another language; same content, same bytes."""
    if language == Language.SWEDISH:
        return bytes(pdf.content)
    key = f"reading-copy:{pdf.sha256}:{language}"
    made = cache.get(key)
    if made is None:
        made = render(pdf.submission, language)
        cache.set(key, made, KEPT_FOR)
    return made


def html_of(submission: Submission, language: str = Language.SWEDISH) -> str:
    """The document before it becomes pages."""
    with translation.override(language):
        return render_to_string(
            "applications/pdf/submission.html",
            {
                "submission": submission,
                "content": submission.data,
                "title": submission.title,
                "dnr": submission.application.dnr,
                "language": language,
                "is_copy": language != Language.SWEDISH,
            },
        )


def filename(submission: Submission, language: str = Language.SWEDISH) -> str:
    """ "2027-0031 ansökan version 1.pdf", in the language of its headings."""
    with translation.override(language):
        name = _("%(dnr)s application version %(version)s.pdf")
    return name % {"dnr": submission.application.dnr, "version": submission.version}
