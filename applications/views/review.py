"""Reading everything once more, and handing in: a project and its steering group together."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.completeness import MONEY
from applications.documents.snapshot import Snapshot, snapshots
from applications.models import Application
from applications.rules import is_member_of_a_party
from applications.states import WRITABLE
from applications.views.loading import SUBMIT, load, load_together
from applications.views.pages import CONFLICT
from applications.views.sections import link_to, section
from funding.budget_rules import Finding
from funding.states import Severity
from icld_portal.refusals import Refusal


@dataclass(frozen=True)
class Reviewed:
    """One application as it would be frozen, and what stands in the way."""

    application: Application
    found: Snapshot

    @property
    def content(self) -> dict[str, Any]:
        return {**self.found.content, "persons": self.found.persons}

    @property
    def to_do(self) -> list[dict[str, str]]:
        """What remains, each with the address where it is done."""
        missing = [
            {"text": item.text(), "url": link_to(self.application, item)}
            for item in self.found.missing
        ]
        budget_url = section(MONEY).url(self.application)
        stops = [
            {"text": self._stop_text(item), "url": budget_url + _place(item)}
            for item in self.found.stops
        ]
        return missing + stops

    @property
    def warnings(self) -> list[str]:
        """What is asked about without standing in the way; mere notes are left to the budget."""
        stops = self.found.stops
        return [
            self._warning_text(item)
            for item in self.found.findings
            if item not in stops and item.severity != Severity.NOTE
        ]

    def _stop_text(self, finding: Finding) -> str:
        if finding.needs_reason:
            return _("%(finding)s The reason is missing.") % {"finding": finding.text()}
        return self._named(finding)

    def _warning_text(self, finding: Finding) -> str:
        if finding.needs_reason:
            return _("%(finding)s You have given a reason.") % {"finding": finding.text()}
        return self._named(finding)

    def _named(self, finding: Finding) -> str:
        """The finding with the line it is about: what it is for, or else the year it lies in."""
        line = next((row for row in self.found.lines if row.key == finding.line_key), None)
        if line is None:
            return finding.text()
        year = _("Year %(year)s") % {"year": line.project_year}
        names = {"line": line.description or line.activity or year, "finding": finding.text()}
        return _("%(line)s: %(finding)s") % names

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
    application = load(request, public_id, SUBMIT)
    try:
        rows = actions.together(application, request.user)
        actions.submit(rows, by=request.user, at=request.received_at)
    except Refusal as refusal:
        return _page(request, *load_together(request, public_id), refusal)
    return redirect("application_receipt", public_id)


def _page(
    request: HttpRequest,
    application: Application,
    rows: list[Application],
    refusal: Refusal | None = None,
) -> HttpResponse:
    reviewed = list(map(Reviewed, rows, snapshots(rows)))
    at = request.received_at
    page = {
        "application": application,
        "reviewed": reviewed,
        "refusal": refusal,
        "ready": all(each.found.ready for each in reviewed),
        "changed": any(each.is_changed for each in reviewed),
        "can_submit": request.user.has_perm(SUBMIT, application),
        "is_open": application.round.is_open(at) and application.state in WRITABLE,
        "at": at,
    }
    status = CONFLICT if refusal else None
    return render(request, "applications/review.html", page, status=status)


def _place(finding: Finding) -> str:
    """Where on the budget page it is mended."""
    if finding.needs_reason:
        return "#reasons"
    return f"#line-{finding.line_key}" if finding.line_key else "#findings"
