"""What a receipt says: when it arrived, which files came along, where it can be verified."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from applications.models import Submission
from icld_portal.clock import stockholm
from icld_portal.formats import file_size, receipt_moment


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
