"""Writing to the people of a case, each in their own language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from applications.models import Application, CaseMessage
from outbox import actions as outbox
from outbox.models import Message
from partnerships.states import WRITING_ROLES

Figures = Mapping[str, object]


def people_of(application: Application) -> list[User]:
    """Those who write for a party of the application, each once."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__role__in=WRITING_ROLES,
            memberships__organisation__applicationparty__application=application,
        )
        .distinct()
        .order_by("pk")
    )


def write_to(
    people: Iterable[User],
    application: Application,
    *,
    kind: str,
    key: str,
    figures: Callable[[], Figures],
    at: datetime,
    attachments: Iterable[tuple[str, str, bytes]] = (),
) -> None:
    """Write one message to each person and tie it to the case.

    `figures` is called once per person with that person's language active. `key` names the
    occasion: the same occasion never writes to the same person twice.
    """
    attachments = list(attachments)
    for person in people:
        write_to_address(
            application,
            key=f"{key}:{person.pk}",
            kind=kind,
            address=person.email,
            language=person.language,
            figures=figures,
            at=at,
            attachments=attachments,
        )


def write_to_address(
    application: Application, *, language: str, figures: Callable[[], Figures], **mail
) -> Message:
    """Write one message about a case, to somebody with or without an account; `figures` is called
    with their language active. `mail`: the rest of what `outbox.actions.write` wants."""
    with translation.override(language):
        message = outbox.write(language=language, figures=figures(), **mail)
    if message.is_new:  # then nobody can have tied it to the case
        CaseMessage.objects.create(application=application, message=message)
    else:
        CaseMessage.objects.get_or_create(application=application, message=message)
    return message


def known_title(application: Application) -> str:
    """The title in mails that ICLD sees in the case: as it was handed in; of a draft its own."""
    submission = application.submissions.first()
    return submission.title if submission else application.title


def link_to(application: Application) -> str:
    """The full address of the application's page, for mails."""
    return settings.PORTAL_URL + reverse("application", args=[application.public_id])
