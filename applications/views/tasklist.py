"""An application's own page: where it stands, what remains, the money and the dates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.actions.arriving_late import ensure_late
from applications.documents.awaited import beside, with_beside
from applications.documents.budget_table import budget_table
from applications.documents.ceiling_change import CEILING_CHANGED
from applications.documents.earlier_cases import cases_of_the_partnership, with_chain
from applications.documents.form_change import FORM_CHANGED, has_left_over
from applications.documents.history import (
    Entry,
    events_of,
    messages_of,
    projects_of,
    with_history,
)
from applications.documents.people import people_at
from applications.documents.presence import others_here
from applications.documents.reading import ceiling_told
from applications.documents.shown import shown
from applications.documents.snapshot import Snapshot, snapshots
from applications.models import Application
from applications.rules import is_member_of_a_party
from applications.states import ANSWERABLE, OUTCOMES, ApplicationState
from applications.views.event_texts import told
from applications.views.headings import heading_of
from applications.views.loading import CHANGE, SUBMIT, load_together
from applications.views.pages import why_not
from applications.views.remaining import left_in_all
from applications.views.standing import Standing, doers_of, remember
from applications.views.task_rows import task_rows
from applications.views.trying import trial_address
from icld_portal import clock
from icld_portal.refusals import Refusal


@login_required
def application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user, at = request.user, request.received_at
    application, rows = load_together(
        request,
        public_id,
        extend=lambda rows: with_beside(with_history(with_chain(rows, user), user)).with_people(),
    )
    is_member = is_member_of_a_party(user, application)
    writable = why_not(application, at) is None
    may_change = user.has_perm(CHANGE, application)
    may_write = writable and may_change
    lives = is_member and (writable or not application.latest_version)
    pairs = list(zip(rows, snapshots(rows), strict=True)) if lives else []
    found = shown(application, lives=lives, draft=dict(pairs).get(application))
    events = events_of(application)
    page = {
        "application": application,
        "at": at,
        "heading": heading_of(found.content, application.title),
        "table": budget_table(found.content, found.draft.findings if found.draft else ()),
        "ceiling": ceiling_told(found.content["ceiling"]),
        "is_member": is_member,
        "writable": writable,
        "may_withdraw": application.state in ANSWERABLE and user.has_perm(SUBMIT, application),
        "may_change": may_change,
        "may_write": may_write,
        "changed": is_member and _changed_since(application),
        "has_outcome": application.state in OUTCOMES or application.granted_sek,
        **_late(application, events, at, may_submit=user.has_perm(SUBMIT, application)),
        "trial": trial_address(found.content) if writable else "",
        "ceiling_change": _told_to_draft(application, events, CEILING_CHANGED),
        "form_change": _told_to_draft(application, events, FORM_CHANGED),
        "has_earlier_texts": is_member and has_left_over(events),
        "siblings": _siblings(application, is_member),
        "untouched": found.draft.untouched if found.draft else [],
        "cases": cases_of_the_partnership(application, is_member=is_member),
        "versions": [event for event in events if event.kind == ApplicationState.SUBMITTED],
        "beside": None if found.draft else beside(application, found.content),
        "timeline": told(events),
        "sent": list(messages_of(application)),
    }
    if found.draft and writable:
        page |= _what_remains(request, application, pairs, linked=may_write)
    return render(request, "applications/application.html", page)


def _what_remains(
    request: HttpRequest,
    application: Application,
    pairs: list[tuple[Application, Snapshot]],
    *,
    linked: bool,
) -> dict[str, Any]:
    """The sections with what each lacks and who is there, and the whole list."""
    found, people = dict(pairs)[application], people_at(application)
    here = others_here(application, people, request.user, clock.real_now())
    standing = Standing(left_in_all(pairs, application, request.received_at), found.total_sek)
    remember(application, request.user, standing)
    tasks = task_rows(application, found, standing.left, linked=linked, here=here)
    return {
        "tasks": tasks,
        "done": sum(task["done"] for task in tasks),
        "standing": standing,
        "doers": doers_of(standing, people),
    }


def _late(
    application: Application, events: list[Entry], at: datetime, *, may_submit: bool
) -> dict[str, Any]:
    """What has been said about its coming late, and whether one can still ask. While the round is
    open that is rare, and its timeline knows."""
    if application.round.closes_at > at and not any(map(_tells_of_lateness, events)):
        return {}
    entry = application.late_entries.first()
    try:
        ensure_late(application, at, also={ApplicationState.SUBMITTED})
    except Refusal:
        may_submit = False
    return {"late": entry, "may_be_late": may_submit}


def _tells_of_lateness(event: Entry) -> bool:
    return event.kind == "dispensation_asked" or bool(event.data.keys() & {"channel", "late"})


def _told_to_draft(
    application: Application, events: list[Entry], kind: str
) -> dict[str, Any] | None:
    """What a later round changed, by its event; told while the draft is one."""
    if application.state != ApplicationState.DRAFT:
        return None
    return next((event.data for event in events if event.kind == kind), None)


def _changed_since(application: Application) -> bool:
    return bool(application.latest_version) and application.revision != application.latest_revision


def _siblings(application: Application, is_member: bool) -> list[dict[str, Any]]:
    """The project's steering group, or the steering group's projects; ICLD sees submitted ones."""
    rows = [application.steering_application] if application.steering_application else []
    siblings = [*rows, *projects_of(application)]
    return [each for each in siblings if is_member or each.submitted_once]
