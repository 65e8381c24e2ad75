"""The receipt of a submission as a document of its own, for a registry's files."""

from django.template.loader import render_to_string
from django.utils import translation

from applications.models import Submission
from icld_portal.pdf import render_pdf


def render_receipt(submission: Submission) -> bytes:
    """From the frozen copy alone; the same submission gives the same bytes."""
    content = submission.data
    titles = content["titles"]
    with translation.override("sv"):
        page = {
            "submission": submission,
            "content": content,
            "dnr": submission.application.dnr,
            "title": titles["sv"] or titles["en"],
        }
        return render_pdf(render_to_string("applications/pdf/receipt.html", page))
