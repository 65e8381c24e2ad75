"""An application's own page: where it stands, what remains, the money and the dates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.documents.budget_table import budget_table
from applications.documents.ceiling_change import CEILING_CHANGED
from applications.documents.history import (
    Entry,
    events_of,
    messages_of,
    projects_of,
    with_history,
)
from applications.documents.reading import ceiling_told
from applications.documents.snapshot import Snapshot, snapshot
from applications.models import Application
from applications.rules import is_member_of_a_party
from applications.states import OUTCOMES, ApplicationState
from applications.views.event_texts import told
from applications.views.headings import heading_of
from applications.views.loading import CHANGE, load
from applications.views.pages import why_not
from applications.views.task_rows import remaining, task_rows
from applications.views.trying import trial_address


@dataclass(frozen=True)
class Shown:
    """What the page speaks of: the living draft, or the version that counts."""

    content: dict[str, Any]
    draft: Snapshot | None


@login_required
def application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user, at = request.user, request.received_at
    application = load(request, public_id, extend=lambda rows: with_history(rows, user))
    is_member = is_member_of_a_party(user, application)
    writable = why_not(application, at) is None
    may_change = user.has_perm(CHANGE, application)
    may_write = writable and may_change
    shown = _shown(application, lives=is_member and (writable or not application.latest_version))
    events = events_of(application)
    page = {
        "application": application,
        "at": at,
        "heading": heading_of(shown.content, application.title),
        "table": budget_table(shown.content, shown.draft.findings if shown.draft else ()),
        "ceiling": ceiling_told(shown.content["ceiling"]),
        "is_member": is_member,
        "writable": writable,
        "may_change": may_change,
        "may_write": may_write,
        "changed": is_member and _changed_since(application),
        "has_outcome": application.state in OUTCOMES or application.granted_sek,
        "trial": trial_address(shown.content) if writable else "",
        "ceiling_change": _ceiling_change(application, events),
        "siblings": _siblings(application, is_member),
        "versions": [event for event in events if event.kind == ApplicationState.SUBMITTED],
        "timeline": told(events),
        "sent": list(messages_of(application)),
    }
    if shown.draft and writable:
        page["tasks"] = task_rows(application, shown.draft, linked=may_write)
        page["done"] = sum(task["done"] for task in page["tasks"])
        page["remaining"] = remaining(application, shown.draft)
        page["remaining_tone"] = (
            "stop" if any(t["tone"] == "stop" for t in page["tasks"]) else "care"
        )
    return render(request, "applications/application.html", page)


def _shown(application: Application, *, lives: bool) -> Shown:
    """The draft for those who write it; for the rest, and once it is closed, what was handed in."""
    if lives:
        draft = snapshot(application)
        return Shown(draft.content, draft)
    return Shown(application.submissions.first().data, None)


def _ceiling_change(application: Application, events: list[Entry]) -> dict[str, Any] | None:
    """What the schedule of a later round changed, told while the draft is one."""
    if application.state != ApplicationState.DRAFT:
        return None
    return next((event.data for event in events if event.kind == CEILING_CHANGED), None)


def _changed_since(application: Application) -> bool:
    return bool(application.latest_version) and application.revision != application.latest_revision


def _siblings(application: Application, is_member: bool) -> list[dict[str, Any]]:
    """The project's steering group, or the steering group's projects; ICLD sees submitted ones."""
    rows = [application.steering_application] if application.steering_application else []
    siblings = [*rows, *projects_of(application)]
    return [each for each in siblings if is_member or each.submitted_once]
