"""What has come beside the copy that was handed in, and what is still promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from applications.models import Application, Attachment, AttachmentPromise
from applications.querysets import ApplicationQuerySet
from applications.states import AWAITED, AttachmentKind, FileState

Row = Mapping[str, Any]

OF_PARTY = {
    "party": "party__organisation__display_name",
    "organisation": "party__organisation__public_id",
}
OF_FILE = ("kind", "name", "content_type", "size", "public_id", "state", "at")


@dataclass(frozen=True)
class Came:
    """A file that came after the close, on a promise."""

    row: Row

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.row["at"])

    @property
    def kind(self) -> str:
        return str(AttachmentKind(self.row["kind"]).label)

    @property
    def state(self) -> str:
        return str(FileState(self.row["state"]).label)


@dataclass(frozen=True)
class Awaited:
    """A promise that nothing has come on; `promised_on` as it was last said."""

    kind: str
    party: str
    promised_on: date


@dataclass(frozen=True)
class Beside:
    """What a case has beside its submissions."""

    came: Sequence[Came]
    awaited: Sequence[Awaited]

    def __bool__(self) -> bool:
        return bool(self.came or self.awaited)


def with_beside(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Adds late_files and made_promises, which `beside` reads."""
    files = {name: name for name in OF_FILE} | OF_PARTY | {"by": "by__name"}
    promises = {name: name for name in ("kind", "promised_on")} | OF_PARTY
    late = Attachment.objects.current().filter(application=OuterRef("pk"), late=True)
    made = AttachmentPromise.objects.filter(application=OuterRef("pk"))
    return applications.annotate(
        late_files=ArraySubquery(late.order_by("id").values(row=JSONObject(**files))),
        made_promises=ArraySubquery(made.values(row=JSONObject(**promises))),
    )


def beside(application: Application, content: Row) -> Beside:
    """What came late and what is still to come, of a case read `with_beside`; `content` is that of
    its latest submission."""
    late = application.late_files
    came = {_place(row) for row in late if row["state"] != FileState.REFUSED}
    moved = {_place(row): row["promised_on"] for row in application.made_promises}
    awaits = application.state in AWAITED
    return Beside(
        [Came(row) for row in late],
        [
            Awaited(
                kind=str(AttachmentKind(row["kind"]).label),
                party=row["party"],
                promised_on=date.fromisoformat(moved.get(_place(row), row["promised_on"])),
            )
            for row in content.get("promises", [])
            if awaits and _place(row) not in came
        ],
    )


def _place(row: Row) -> tuple[str, str]:
    return row["kind"], row["organisation"] or ""
