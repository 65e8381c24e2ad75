"""Whether a number and a checksum, or the bytes of a PDF, are the portal's. Asked by anybody.

What is told is what the asker has to know already, and the moment: never a title, a party or an
amount. An unknown number and a wrong checksum are the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from applications.models import GivenOut, Submission
from applications.states import DocumentKind


@dataclass(frozen=True)
class Confirmed:
    """`document` says which PDF it is, in the active language; of the frozen copy it is empty.
    `at` is when what the document is about was received. `has_later`: a newer version was."""

    dnr: str
    version: int
    at: datetime
    has_later: bool = False
    document: str = ""


Source = Callable[[str], Confirmed | None]
"""What is known of a PDF by its SHA-256, in small hexadecimals."""

_sources: list[Source] = []


def also_known_by(source: Source) -> Source:
    """Let a higher floor's PDFs be confirmed too; called once, when its app is ready."""
    if source not in _sources:
        _sources.append(source)
    return source


def confirmed(dnr: str, sha256: str) -> list[Confirmed]:
    """The versions with that number and checksum, the latest first, or a PDF of that number.

    Usually one; what was changed and changed back has been handed in twice with one checksum.
    """
    rows = Submission.objects.filter(application__dnr=dnr, content_sha256=sha256)
    versions = rows.select_related("application").with_later().order_by("-version")
    return [_told(row) for row in versions] or [
        found for found in confirmed_pdf(sha256) if found.dnr == dnr
    ]


def confirmed_pdf(sha256: str) -> list[Confirmed]:
    """The PDF with these bytes, if it is ours."""
    found = (source(sha256) for source in [_of_a_submission, *_sources])
    return [each for each in found if each]


def _of_a_submission(sha256: str) -> Confirmed | None:
    given = GivenOut.objects.filter(sha256=sha256).first()
    if given is None:
        return None
    rows = Submission.objects.select_related("application").with_later()
    return _told(rows.get(pk=given.submission_id), DocumentKind(given.kind).label)


def _told(submission: Submission, document: str = "") -> Confirmed:
    return Confirmed(
        dnr=submission.application.dnr,
        version=submission.version,
        at=submission.received_at,
        has_later=submission.has_later,
        document=str(document),
    )
