"""The verbs of the outbox: write a message down, send it, send it again."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from icld_portal.queue import wake
from outbox.models import Attachment, MailText, Message
from outbox.states import MessageState
from outbox.tokens import delivered
from outbox.wording import fill

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
"""With the doubling pause below the last attempt falls about four hours after the first."""


def write(
    *,
    key: str,
    kind: str,
    address: str,
    language: str,
    figures: Mapping[str, object],
    at: datetime,
    attachments: Iterable[tuple[str, str, bytes]] = (),
) -> Message:
    """Write a message in the current transaction; it is sent after the commit.

    The same key twice gives the first message back and writes nothing; `is_new` of what comes back
    says which it was. `attachments` are (file name, content type, bytes). Raises
    MailText.DoesNotExist for an unknown kind.
    """
    subject, body = MailText.objects.get(kind=kind).worded(language)
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "address": address,
            "language": language,
            "subject": _one_line(fill(subject, figures)),
            "body": fill(body, figures),
            "written_at": at,
            "due_at": at,
        },
    )
    if made:
        for filename, content_type, content in attachments:
            Attachment.objects.create(
                message=message, filename=filename, content_type=content_type, content=content
            )
        wake("outbox.tasks.drain")
    message.is_new = made
    return message


@transaction.atomic
def send_next(*, at: datetime) -> bool:
    """Send one due message. Says whether there was one; a failure is kept and tried again later.

    Whatever is wrong with a message, the others behind it must still be sent.
    """
    message = Message.objects.due(at).select_for_update(skip_locked=True).first()
    if message is None:
        return False
    message.attempts += 1
    try:
        with transaction.atomic():
            _mail(message).send()
    except SoftTimeLimitExceeded:
        raise  # the worker's time is up, which is no fault of this message
    except Exception as error:
        logger.exception("message %s not sent", message.key)
        message.error = str(error) or type(error).__name__
        message.due_at = at + timedelta(minutes=2**message.attempts)
        if message.attempts >= MAX_ATTEMPTS:
            message.state = MessageState.FAILED
    else:
        message.error, message.state, message.sent_at = "", MessageState.SENT, at
    message.save()
    return True


def send_again(message: Message, *, at: datetime) -> None:
    """Queue a message once more, whatever became of it before."""
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.QUEUED, sent_at=None, attempts=0, error="", due_at=at
    )
    wake("outbox.tasks.drain")


def _one_line(subject: str) -> str:
    """Without line breaks, which a title can bring along and no mail header may have."""
    return " ".join(subject.split())[: Message._meta.get_field("subject").max_length]


def _mail(message: Message) -> EmailMessage:
    body = delivered(message.key, message.body)
    mail = EmailMessage(message.subject, body, settings.DEFAULT_FROM_EMAIL, [message.address])
    for part in message.attachments.all():
        mail.attach(part.filename, bytes(part.content), part.content_type)
    return mail
