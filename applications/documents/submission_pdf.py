"""The frozen submission as a PDF: Swedish headings, the content as written."""

from django.template.loader import render_to_string
from django.utils import translation

from applications.models import Submission
from icld_portal.pdf import render_pdf


def render(submission: Submission) -> bytes:
    """A tagged A4 document made from the frozen copy alone; the same copy gives the same bytes."""
    return render_pdf(html_of(submission))


def html_of(submission: Submission) -> str:
    """The document before it becomes pages."""
    content = submission.data
    titles = content["titles"]
    with translation.override("sv"):
        return render_to_string(
            "applications/pdf/submission.html",
            {
                "submission": submission,
                "content": content,
                "title": titles["sv"] or titles["en"],
                "dnr": submission.application.dnr,
            },
        )


def filename(submission: Submission) -> str:
    """ "2027-0031 ansökan version 1.pdf": Swedish, as everything in the file."""
    return f"{submission.application.dnr} ansökan version {submission.version}.pdf"
