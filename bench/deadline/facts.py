"""What the database says afterwards."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic, sleep

from applications.models import (
    Application,
    CaseMessage,
    DiaryCounter,
    Event,
    Submission,
    SubmissionPdf,
)
from bench.deadline import judging
from outbox.models import Message
from outbox.states import MessageState
from partnerships.states import WRITING_ROLES

RECEIPT = "submission_receipt"
CLOSED = "round_closed"


@dataclass(frozen=True)
class Facts:
    kept: Mapping[str, int]
    """Frozen copies, by application."""
    gaps: int
    wrong_receipts: int
    receipts: int
    sent: int
    pdfs: int
    submissions: int
    other_refusals: int
    """Attempts refused for another reason than the close."""


def facts() -> Facts:
    rows = Submission.objects.values_list("application__public_id", flat=True)
    numbers = list(Application.objects.exclude(dnr=None).values_list("dnr", flat=True))
    counted = sum(DiaryCounter.objects.values_list("last", flat=True))
    receipts = Message.objects.filter(kind=RECEIPT)
    refused = Event.objects.filter(kind="submit_refused")
    return Facts(
        kept=Counter(str(public_id) for public_id in rows),
        gaps=judging.gaps(numbers) + abs(counted - len(numbers)),
        wrong_receipts=judging.wrong_receipts(_written(), _people()),
        receipts=receipts.count(),
        sent=receipts.filter(state=MessageState.SENT).count(),
        pdfs=SubmissionPdf.objects.count(),
        submissions=len(rows),
        other_refusals=refused.exclude(data__code=CLOSED).count(),
    )


def wait_for_mail(seconds: float) -> None:
    """Until the worker has sent what was written; seconds at most."""
    until = monotonic() + seconds
    queued = Message.objects.filter(kind=RECEIPT, state=MessageState.QUEUED)
    while queued.exists() and monotonic() < until:
        sleep(0.5)


def _written() -> Mapping[int, Mapping[int, int]]:
    """Receipts by submission and person, both of which their key names, tied to the case."""
    found: dict[int, Counter] = defaultdict(Counter)
    tied = CaseMessage.objects.filter(message__kind=RECEIPT)
    for key in tied.values_list("message__key", flat=True):
        _kind, submission, person = key.split(":")
        found[int(submission)][int(person)] += 1
    return found


def _people() -> Mapping[int, set[int]]:
    """Who writes for a party of each submitted application."""
    rows = Submission.objects.filter(
        application__parties__organisation__memberships__role__in=WRITING_ROLES,
        application__parties__organisation__memberships__user__is_active=True,
    ).values_list("pk", "application__parties__organisation__memberships__user")
    found: dict[int, set[int]] = defaultdict(set)
    for submission, person in rows:
        found[submission].add(person)
    return found
