"""Reading everything once more, and handing in: a project and its steering group together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications import actions
from applications.completeness import Missing
from applications.completeness.declarations import unsigned_parties
from applications.completeness.left import Left
from applications.documents.signatory_addresses import doubts_in
from applications.documents.snapshot import Snapshot, snapshots
from applications.mail_addresses import DoubtedSignatory
from applications.models import Application
from applications.rules import is_member_of_a_party
from applications.states import WRITABLE
from applications.views.finding_texts import warning_text
from applications.views.loading import SUBMIT, load_together
from applications.views.pages import CONFLICT
from applications.views.remaining import left_of
from funding.states import Severity
from icld_portal.refusals import Refusal

READ = "read-"


@dataclass(frozen=True)
class Reviewed:
    """One application as it would be frozen, and what stands in the way."""

    application: Application
    found: Snapshot
    at: datetime
    doubts: Sequence[DoubtedSignatory] = ()

    @property
    def content(self) -> dict[str, Any]:
        return {**self.found.content, "persons": self.found.persons}

    @property
    def to_do(self) -> list[Left]:
        """What remains, each with the address where it is done."""
        return left_of(self.application, self.found, self.at)

    @property
    def warnings(self) -> list[str]:
        """What is asked about without standing in the way; mere notes are left to the budget."""
        stops = self.found.stops
        return [
            warning_text(item, self.found.lines)
            for item in self.found.findings
            if item not in stops and item.severity != Severity.NOTE
        ] + [each.text() for each in [*self.found.untouched, *self._signatories()]]

    def _signatories(self) -> Iterable[Missing | DoubtedSignatory]:
        """Who signs is asked for, and where the link goes is doubted, but neither is a stop."""
        yield from unsigned_parties(self.found.content, self.found.persons)
        yield from self.doubts

    @property
    def field(self) -> str:
        """What the page calls the revision that it shows."""
        return f"{READ}{self.application.public_id}"

    @property
    def is_changed(self) -> bool:
        """Written since it was last handed in, or never handed in."""
        return self.application.revision != self.application.latest_revision


@login_required
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything as it will be frozen, for members of the parties: others read submissions."""
    application, rows = load_together(request, public_id)
    if not is_member_of_a_party(request.user, application):
        raise PermissionDenied
    return _page(request, application, rows)


@login_required
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand in; a refusal is told on the review, with everything kept. Twice is once.

    The address of a refusal may be opened again, by a link or another language: then it is the
    review.
    """
    if request.method != "POST":
        return redirect("application_review", public_id)
    application, rows = load_together(request, public_id)
    if not request.user.has_perm(SUBMIT, application):
        raise PermissionDenied
    try:
        read = _read_in(request.POST)
        actions.submit(rows, by=request.user, at=request.received_at, reviewed=read)
    except Refusal as refusal:
        return _page(request, *load_together(request, public_id), refusal)
    return redirect("application_receipt", public_id)


def _read_in(data: Mapping[str, str]) -> dict[str, int] | None:
    """The revisions that the posting page showed, by public id; None of a page that says none."""
    names = [name for name in data if name.startswith(READ)]
    return {name.removeprefix(READ): _number(data[name]) for name in names} or None


def _number(text: str) -> int:
    """What was posted as one; of anything else, that nothing has been read."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _page(
    request: HttpRequest,
    application: Application,
    rows: list[Application],
    refusal: Refusal | None = None,
) -> HttpResponse:
    at = request.received_at
    judged = zip(rows, snapshots(rows), doubts_in(rows), strict=True)
    reviewed = [Reviewed(row, found, at, doubts) for row, found, doubts in judged]
    page = {
        "application": application,
        "reviewed": reviewed,
        "refusal": refusal,
        "ready": not any(each.to_do for each in reviewed),
        "changed": any(each.is_changed for each in reviewed),
        "can_submit": request.user.has_perm(SUBMIT, application),
        "writable": application.state in WRITABLE,
        "is_open": application.is_open(at) and application.state in WRITABLE,
        "at": at,
    }
    status = CONFLICT if refusal else None
    return render(request, "applications/review.html", page, status=status)
