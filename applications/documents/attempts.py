"""The log of attempts to hand in an application: when each had arrived, by whom, what became of it.

Made of the case's events, which also keep what was refused; the newest first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from applications.models import Application, Event, Submission
from applications.states import LateChannel


@dataclass(frozen=True)
class Attempt:
    """`submission`: what was accepted. Of what was refused, `code` and `figures` say why, as they
    were kept. `at_close`: the portal's own, as the parties had asked. Neither: a draft lapsed.
    `registered`: how it came, of what ICLD registered."""

    at: datetime
    by: str
    submission: Submission | None = None
    code: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    at_close: bool = False
    registered: str = ""


def attempts_of(application: Application, user) -> list[Attempt]:
    """Those that a person who may see the application may read, in two queries."""
    rows = application.submissions.select_related("late_entry").defer("content", "persons")
    submissions = {row.version: row for row in rows}
    events = application.events.attempts().readable_by(user).select_related("by").order_by("-id")
    return [_attempt(event, application, submissions) for event in events]


def _attempt(
    event: Event, application: Application, submissions: Mapping[int, Submission]
) -> Attempt:
    data = event.data
    submission = submissions.get(data.get("version"))
    asked_for = event.kind == "lapsed" and application.submit_at_close_by_id is not None
    return Attempt(
        at=event.at,
        by=event.by.name if event.by else "",
        submission=submission,
        code=str(data.get("code", "unknown")) if event.kind == "submit_refused" else "",
        figures=data.get("figures") or {},
        at_close=bool(data.get("at_close")) or asked_for,
        registered=_registered(submission),
    )


def _registered(submission: Submission | None) -> str:
    entry = getattr(submission, "late_entry", None)
    return entry.channel if entry and entry.channel != LateChannel.PORTAL else ""
