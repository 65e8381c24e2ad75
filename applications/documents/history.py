"""What has happened to an application, read together with it in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, JSONObject

from applications.models import Application, CaseMessage, Event, Submission
from applications.querysets import ApplicationQuerySet

PROJECT = ("public_id", "phase", "state", "title_sv", "title_en")


@dataclass(frozen=True)
class Entry:
    """An event of the case, its moment read back; `by` is a name or empty."""

    kind: str
    at: datetime
    by: str
    data: dict[str, Any]


@dataclass(frozen=True)
class SentMessage:
    subject: str
    address: str
    state: str
    written_at: datetime
    sent_at: datetime | None


def with_history(applications: ApplicationQuerySet, user) -> ApplicationQuerySet:
    """Adds `event_rows` that the person may read, `message_rows` and `project_rows`."""
    readable = Event.objects.readable_by(user)
    return applications.annotate(
        event_rows=_rows(readable, "-id", "kind", "at", "data", by="by__name"),
        message_rows=_rows(
            CaseMessage.objects.all(),
            "-id",
            subject="message__subject",
            address="message__address",
            state="message__state",
            written_at="message__written_at",
            sent_at="message__sent_at",
        ),
        project_rows=_rows(
            Application.objects.visible_to(user),
            "id",
            *PROJECT,
            of="steering_application",
            handed_in=_titles_handed_in(),
        ),
    )


def events_of(application: Application) -> list[Entry]:
    """Newest first. Of an application read `with_history`."""
    return [
        Entry(row["kind"], _moment(row["at"]), row["by"] or "", row["data"])
        for row in application.event_rows
    ]


def messages_of(application: Application) -> Iterable[SentMessage]:
    """Newest first."""
    for row in application.message_rows:
        moments = {name: _moment(row[name]) for name in ("written_at", "sent_at")}
        yield SentMessage(row["subject"], row["address"], row["state"], **moments)


def projects_of(application: Application) -> list[Application]:
    """The projects beside a steering group's application that the person may see, with the fields
    of `PROJECT` alone: as they are being written."""
    return [_project(row) for row in application.project_rows]


def submitted_projects_of(application: Application) -> list[Application]:
    """The same as they were handed in last: their titles are what ICLD has been sent."""
    return [
        _project(row | {"title_sv": titles["sv"], "title_en": titles["en"]})
        for row in application.project_rows
        if (titles := row["handed_in"])
    ]


def _project(row: dict[str, Any]) -> Application:
    return Application(**{name: row[name] for name in PROJECT})


def _titles_handed_in() -> Subquery:
    """Of the latest submission, {"sv": …, "en": …}."""
    latest = Submission.objects.filter(application=OuterRef("pk")).order_by("-version")
    titles = KeyTransform("titles", Cast("content", JSONField()))
    return Subquery(latest.annotate(titles=titles).values("titles")[:1])


def _rows(queryset, order: str, *names: str, of: str = "application", **renamed: str):
    columns = {name: name for name in names} | renamed
    rows = queryset.filter(**{of: OuterRef("pk")}).order_by(order)
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
