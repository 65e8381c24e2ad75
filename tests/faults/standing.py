"""What must stand when a fault is over, whatever the fault was."""

import email
import email.policy
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from django.db.models import Count

from accounts.models import User
from accounts.states import Role
from applications.models import (
    Application,
    CaseMessage,
    DiaryCounter,
    Event,
    Round,
    Submission,
    SubmissionPdf,
)
from applications.states import ApplicationState
from decisions.models import Case
from decisions.querysets import lagging
from icld_portal import clock
from icld_portal.demo.clock import current_offset
from outbox.models import Message
from outbox.states import MessageState
from partnerships.states import WRITING_ROLES

RECEIPT = "submission_receipt"
END_OF_A_MAIL = f"\n{'-' * 79}\n"
"""As Django's file backend writes it."""


def everything_holds(handed_in: Collection[str], mails: Path) -> None:
    """Exactly these applications (by public id) are in, each once with all that belongs to it."""
    each_has_one_frozen_copy(handed_in)
    numbers_have_no_gap(len(handed_in))
    each_person_has_one_receipt()
    nothing_handed_in_has_lapsed(handed_in)
    closes_are_carried_out_once()
    every_message_was_sent_once(mails)


def each_has_one_frozen_copy(handed_in: Collection[str]) -> None:
    """One version, one event that says so, one PDF, one case at ICLD."""
    for rows in (
        Submission.objects.values_list("application__public_id", flat=True),
        Event.objects.filter(kind="submitted").values_list("application__public_id", flat=True),
        SubmissionPdf.objects.values_list("submission__application__public_id", flat=True),
        Case.objects.values_list("application__public_id", flat=True),
    ):
        assert Counter(map(str, rows)) == Counter(handed_in), rows.model.__name__
    assert not Submission.objects.exclude(version=1).exists()


def numbers_have_no_gap(count: int) -> None:
    numbers = sorted(Application.objects.exclude(dnr=None).values_list("dnr", flat=True))
    assert numbers == [f"2027-{place:04}" for place in range(1, count + 1)]
    assert sum(DiaryCounter.objects.values_list("last", flat=True)) == count


def each_person_has_one_receipt() -> None:
    """Everybody who writes for a party of what was handed in, and nobody else."""
    found: Counter = Counter(
        CaseMessage.objects.filter(message__kind__startswith=RECEIPT).values_list(
            "application", "message__address"
        )
    )
    people = Submission.objects.filter(
        application__parties__organisation__memberships__role__in=WRITING_ROLES
    ).values_list("application", "application__parties__organisation__memberships__user__email")
    assert found == Counter(set(people))
    assert found.total() == Message.objects.filter(kind__startswith=RECEIPT).count()


def nothing_handed_in_has_lapsed(handed_in: Collection[str]) -> None:
    states = Application.objects.filter(public_id__in=handed_in).values_list("state", flat=True)
    assert set(states) <= {ApplicationState.SUBMITTED}
    lapsed = Application.objects.filter(state=ApplicationState.LAPSED)
    told = Event.objects.filter(kind="lapsed").values_list("application", flat=True)
    assert Counter(told) == Counter(lapsed.values_list("pk", flat=True))


def closes_are_carried_out_once() -> None:
    """A round that is carried out has no draft left and one summary for each officer; another has
    neither lapsed a draft nor told anybody."""
    done = Round.objects.exclude(enforced_at=None).filter(applications__isnull=False).distinct()
    assert not Application.objects.filter(state=ApplicationState.DRAFT, round__in=done).exists()
    lapsed = Application.objects.filter(state=ApplicationState.LAPSED)
    assert not lapsed.exclude(round__in=done).exists()
    officers = User.objects.filter(groups__name=Role.OFFICER).values_list("email", flat=True)
    summaries = Message.objects.filter(kind="officer_round_summary")
    wanted = Counter(list(officers) * done.count())
    found = Counter(summaries.values_list("address", flat=True))
    assert found == wanted
    twice = (
        CaseMessage.objects.filter(message__kind__startswith="draft_lapsed")
        .values("application", "message__address")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    assert list(twice) == []


def every_message_was_sent_once(mails: Path) -> None:
    """Nothing waits, and what has left the portal is what was written down, each once."""
    waiting = Message.objects.exclude(state=MessageState.SENT)
    assert list(waiting.values_list("key", "state", "error")) == []
    written = Message.objects.values_list("address", "subject")
    left = Counter((address, _bare(subject)) for address, subject in written)
    assert Counter(delivered(mails)) == left


def delivered(mails: Path) -> list[tuple[str, str]]:
    """Address and subject of every mail that has left the portal."""
    texts = [file.read_bytes().decode() for file in sorted(mails.glob("*.log"))]
    found = [mail for text in texts for mail in text.split(END_OF_A_MAIL) if mail.strip()]
    read = [email.message_from_string(mail, policy=email.policy.default) for mail in found]
    return [(str(mail["To"]), _bare(mail["Subject"])) for mail in read]


def _bare(subject: str) -> str:
    """Without spaces: where a long one is folded a mail has others than were written."""
    return "".join(subject.split())


def has_come_to_rest() -> bool:
    """Nothing that the worker does by itself is left: no close, PDF, case or message."""
    at = clock.now() + current_offset()
    return not (
        Round.objects.to_enforce(at).exists()
        or Submission.objects.without_pdf().exists()
        or lagging(Application.objects.all()).exists()
        or Message.objects.exclude(state=MessageState.SENT).exists()
    )
