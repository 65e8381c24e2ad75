"""What those who write an application say to each other beside its questions.

Nothing here is part of the application: it counts no change, writes no event and is never frozen.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from accounts.models import User
from applications.actions.telling import people_of
from applications.actions.writing import ensure_allowed, ensure_writable
from applications.models import Application, Comment, FormSection, Question
from applications.refusals import NotAllowed
from applications.rules import CHANGE
from outbox import actions as outbox


@transaction.atomic
def comment(
    application: Application,
    *,
    about: Question | FormSection,
    text: str,
    token: UUID,
    by,
    at: datetime,
    link: str,
    mentions: Iterable[int] = (),
    reply_to: Comment | None = None,
) -> Comment:
    """Write beside a question, or answer what is written there; the latter opens the thread again.

    The token is made by the page, so that a double click writes once; what is sent again in other
    words, as its answer was lost, changes what was written. Those of `mentions` who write
    for a party get one mail each with the `link`; it does not carry the text. Raises `NotAllowed`,
    `NotWritable` and `RoundClosed`.
    """
    _ensure_may_write(application, by, at)
    written, made = Comment.objects.get_or_create(
        token=token,
        defaults={
            "application": application,
            "question_key": about.key,
            "reply_to": reply_to,
            "text": text,
            "by": by,
            "at": at,
        },
    )
    if made:
        if reply_to:
            _settle(reply_to, None, None)
        wanted = set(mentions) - {by.pk}
        mentioned = [person for person in people_of(application) if person.pk in wanted]
        written.mentions.set(mentioned)
        _tell(mentioned, written, about, link)
    else:
        edit_comment(written, text=text, by=by, at=at)
    return written


@transaction.atomic
def edit_comment(written: Comment, *, text: str, by, at: datetime) -> None:
    """Change one's own words. Raises as `comment` does."""
    _ensure_own(written, by, at)
    if text != written.text:
        Comment.objects.filter(pk=written.pk, withdrawn_at=None).update(text=text, edited_at=at)


@transaction.atomic
def withdraw_comment(written: Comment, *, by, at: datetime) -> None:
    """Take one's own words back: the text is gone. A thread with nothing left to read is resolved.

    Raises as `comment` does.
    """
    _ensure_own(written, by, at)
    Comment.objects.filter(pk=written.pk).update(text="", withdrawn_at=at)
    first = written.reply_to or written
    thread = Comment.objects.filter(pk=first.pk) | Comment.objects.filter(reply_to=first)
    if not thread.filter(withdrawn_at=None).exists():
        _settle(first, at, by)


@transaction.atomic
def resolve_comment(first: Comment, *, by, at: datetime) -> None:
    """Say that a thread needs no more. Twice is once. Raises as `comment` does."""
    _ensure_may_write(first.application, by, at)
    if first.resolved_at is None:
        _settle(first, at, by)


@transaction.atomic
def reopen_comment(first: Comment, *, by, at: datetime) -> None:
    """Open a resolved thread again. Raises as `comment` does."""
    _ensure_may_write(first.application, by, at)
    _settle(first, None, None)


def _ensure_may_write(application: Application, by, at: datetime) -> None:
    ensure_allowed(application, CHANGE, by)
    ensure_writable(application, at)


def _ensure_own(written: Comment, by, at: datetime) -> None:
    _ensure_may_write(written.application, by, at)
    if written.by_id != by.pk:
        raise NotAllowed(action="comment")


def _settle(first: Comment, at: datetime | None, by) -> None:
    Comment.objects.filter(pk=first.pk).update(resolved_at=at, resolved_by=by)


def _tell(
    people: Iterable[User], written: Comment, about: Question | FormSection, link: str
) -> None:
    """Without the text, and not among the case's messages: both can be read at ICLD."""
    for person in people:
        with translation.override(person.language):
            outbox.write(
                key=f"mention:{written.pk}:{person.pk}",
                kind="comment_mention",
                address=person.email,
                language=person.language,
                figures={
                    "from": str(written.by),
                    "title": written.application.title,
                    "question": about.label,
                    "link": link,
                },
                at=written.at,
            )
