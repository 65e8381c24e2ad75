"""Work that should have been done by now: a worker that is dead, or a row that cannot be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from applications.models import Round, Submission
from applications.round_dates import ENFORCED_AFTER
from outbox.models import Message

PATIENCE = timedelta(minutes=5)
"""How long work may lie: a lost wake-up costs one minute, and a busy worker some."""


@dataclass(frozen=True)
class Overdue:
    """How many rows wait, and since when the oldest of them should have been done."""

    count: int
    since: datetime | None

    def age(self, at: datetime) -> timedelta:
        return at - self.since if self.since else timedelta()


def messages(before: datetime) -> Overdue:
    return _counted(Message.objects.due(before), "due_at")


def submission_pdfs(before: datetime) -> Overdue:
    return _counted(Submission.objects.without_pdf().filter(received_at__lte=before), "received_at")


def closes(before: datetime) -> Overdue:
    """Rounds whose close has not been carried out."""
    return _counted(Round.objects.to_enforce(before), "closes_at", ENFORCED_AFTER)


KINDS: dict[str, Callable[[datetime], Overdue]] = {
    "messages": messages,
    "submission PDFs": submission_pdfs,
    "closes of rounds": closes,
}
"""Each gives what should have been done before a moment of case time, in one query."""


def overdue(at: datetime) -> dict[str, Overdue]:
    """Every kind of work, with what of it is overdue."""
    return {kind: found(at - PATIENCE) for kind, found in KINDS.items()}


def _counted(rows: QuerySet, due: str, later: timedelta = timedelta()) -> Overdue:
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(due))
    return Overdue(found["count"], found["oldest"] + later if found["oldest"] else None)
