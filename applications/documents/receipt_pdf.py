"""The receipt of a submission as a document of its own, for a registry's files."""

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.states import Language
from applications.documents.receipts import Arrival, arrivals_of, verify_link
from applications.documents.submission_pdf import KEPT_FOR
from applications.models import Submission
from icld_portal.pdf import render_pdf


def render_receipt(submission: Submission, language: str = Language.SWEDISH) -> bytes:
    """From the frozen copy, and of what came late how it came and what ICLD has answered. Until
    that is answered the same submission gives the same bytes."""
    return render_pdf(receipt_html(submission, language))


def receipt_html(submission: Submission, language: str = Language.SWEDISH) -> str:
    """The document before it becomes pages."""
    arrival = _arrival(submission)
    with translation.override(language):
        page = {
            "submission": submission,
            "arrival": arrival,
            "content": submission.data,
            "dnr": submission.application.dnr,
            "title": submission.title,
            "language": language,
            "verify_link": verify_link(submission),
        }
        return render_to_string("applications/pdf/receipt.html", page)


def receipt_copy(submission: Submission, language: str) -> bytes:
    """The same, lying ready for a while for the next who asks."""
    entry = getattr(_arrival(submission), "entry", None)
    answered = entry.outcome if entry else ""
    key = f"receipt:{submission.pk}:{submission.content_sha256}:{language}:{answered}"
    made = cache.get(key)
    if made is None:
        made = render_receipt(submission, language)
        cache.set(key, made, KEPT_FOR)
    return made


def _arrival(submission: Submission) -> Arrival | None:
    return arrivals_of([submission]).get(submission.pk)


def receipt_filename(submission: Submission, language: str = Language.SWEDISH) -> str:
    """ "2027-0031 kvittens version 1.pdf", in the language of its headings."""
    with translation.override(language):
        name = _("%(dnr)s receipt version %(version)s.pdf")
    return name % {"dnr": submission.application.dnr, "version": submission.version}
