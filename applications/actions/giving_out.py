"""Handing out PDFs: what leaves the portal is written down by its hash, to be known again later.

A reading copy or a receipt is made when somebody asks for it, and may come out otherwise after the
portal has been changed. Asking twice writes once; nothing else is kept.
"""

from datetime import datetime
from typing import IO

from applications.canonical import sha256
from applications.documents.case_zip import Case, case_zip
from applications.documents.receipt_pdf import receipt_copy
from applications.documents.submission_pdf import reading_copy
from applications.models import GivenOut, Submission, SubmissionPdf
from applications.states import DocumentKind


def give_application(pdf: SubmissionPdf, language: str, *, at: datetime) -> bytes:
    """What was handed in, as a PDF with headings in a language."""
    content = reading_copy(pdf, language)
    note_given_out(pdf.submission, DocumentKind.APPLICATION, language, content, at=at)
    return content


def give_receipt(submission: Submission, language: str, *, at: datetime) -> bytes:
    """The receipt of what was handed in, as a PDF in a language."""
    content = receipt_copy(submission, language)
    note_given_out(submission, DocumentKind.RECEIPT, language, content, at=at)
    return content


def give_case(case: Case, *, at: datetime) -> IO[bytes]:
    """The whole case in one open file; the PDFs in it can be verified one by one."""

    def note(submission: Submission, kind: DocumentKind, language: str, content: bytes) -> None:
        note_given_out(submission, kind, language, content, at=at)

    return case_zip(case, at=at, note=note)


def note_given_out(
    submission: Submission, kind: DocumentKind, language: str, content: bytes, *, at: datetime
) -> None:
    """Write down that these bytes are a document of the portal; the same bytes once."""
    GivenOut.objects.note(
        submission=submission, kind=kind, language=language, sha256=sha256(content), at=at
    )
