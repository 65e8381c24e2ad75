"""What a receipt says: when and how it came, which files came along, where it can be verified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from applications.models import LateEntry, Submission
from applications.states import LateChannel, SubmissionKind
from icld_portal.clock import stockholm
from icld_portal.formats import file_size, receipt_moment


@dataclass(frozen=True)
class Arrival:
    """How a version came that did not come through the portal in time.

    `entry` is what was written down of it and answered; None of a steering group that was let in
    along with its project. `let_in`: it was submitted while a dispensation lasted.
    """

    entry: LateEntry | None
    let_in: bool = False

    @property
    def is_registered(self) -> bool:
        """Whether it came by paper or e-mail, so that what it says stands in its papers."""
        came_with = None if self.let_in else self.entry
        return came_with is not None and came_with.channel != LateChannel.PORTAL

    @property
    def awaits(self) -> bool:
        return self.entry is not None and not self.entry.outcome


def arrivals_of(submissions: Sequence[Submission]) -> dict[int, Arrival]:
    """By key, of those that did not come through the portal in time; in one query."""
    ids = {row.application_id for row in submissions}
    rows = LateEntry.objects.filter(application__in=ids).select_related("application__round")
    entries = list(rows)
    found = {row.pk: _arrival(row, entries) for row in submissions}
    return {pk: arrival for pk, arrival in found.items() if arrival}


def _arrival(submission: Submission, entries: Sequence[LateEntry]) -> Arrival | None:
    for entry in entries:
        if entry.submission_id == submission.pk:
            return Arrival(entry)
    if submission.kind != SubmissionKind.LATE:
        return None
    own = [entry for entry in entries if entry.application_id == submission.application_id]
    granted = (row for row in own if row.until and row.decided_at <= submission.received_at)
    return Arrival(next(granted, None), let_in=True)


def verify_path(submission: Submission) -> str:
    """The page that confirms the submission to anybody, with its fields filled in."""
    asked = {"nr": submission.application.dnr, "summa": submission.content_sha256}
    return f"{reverse('verify')}?{urlencode(asked)}"


def verify_link(submission: Submission) -> str:
    """The same as a full address, for mails and PDFs."""
    return settings.PORTAL_URL + verify_path(submission)


def receipt_link(submission: Submission) -> str:
    """The receipt as a PDF, for mails: those of the parties log in."""
    args = [submission.application.public_id, submission.version]
    return settings.PORTAL_URL + reverse("receipt_pdf", args=args)


def received_told(moment: datetime) -> str:
    """To the second, with the abbreviation of the zone: "10 mars 2027 kl. 09.12.00 CET".

    The hour that comes twice when summer time ends is told apart by it.
    """
    return f"{receipt_moment(moment)} {stockholm(moment):%Z}"


def files_told(content: Mapping[str, Any]) -> str:
    """The attached files of a frozen copy, a line with the hash below each; or that there is
    none."""
    files = content.get("attachments", [])
    if not files:
        return gettext("No files are attached.")
    return "\n".join(
        f"– {file['name']} ({file_size(file['size'])})\n  SHA-256 {file['sha256']}"
        for file in files
    )
