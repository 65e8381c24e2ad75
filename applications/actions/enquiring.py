"""Messages between the parties of an application and ICLD, while it is a draft too."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.states import Role
from applications.actions.recording import record
from applications.actions.telling import people_of, write_to
from applications.actions.writing import ensure_allowed, locked
from applications.models import Application, Enquiry, Question
from applications.refusals import NotAllowed
from applications.rules import ANSWER, CHANGE
from outbox import actions as outbox
from partnerships.models import Organisation
from partnerships.states import WRITING_ROLES


@dataclass(frozen=True)
class Said:
    """What somebody wrote; the token tells a double click from a second message."""

    text: str
    token: UUID
    question: Question | None


@transaction.atomic
def ask(
    application: Application,
    *,
    text: str,
    token: UUID,
    by,
    at: datetime,
    question: Question | None = None,
) -> Enquiry:
    """Write to ICLD about an application, perhaps about one question of its form.

    The token is made by the page that asks, so that a double click asks once. ICLD's contact gets
    a mail, or else every officer. Raises `NotAllowed`.
    """
    ensure_allowed(application, CHANGE, by)
    organisation = _organisation_of(by, application)
    said = Said(text, token, question)
    enquiry, made = _written(application, said, by, at, organisation=organisation)
    if made:
        record(application, "asked_icld", at=at, by=by)
        _tell_icld(enquiry, question, at)
    return enquiry


@transaction.atomic
def answer(
    application: Application,
    *,
    text: str,
    token: UUID,
    by,
    at: datetime,
    question: Question | None = None,
) -> Enquiry:
    """Write to the parties of an application from ICLD; they get a mail. Raises `NotAllowed`."""
    _ensure_answers(application, by)
    enquiry, made = _written(application, Said(text, token, question), by, at, from_icld=True)
    if made:
        record(application, "icld_answered", at=at, by=by)
        figures = {"text": text, "from": str(by), "link": _link("application_enquiries", enquiry)}
        write_to(
            people_of(application),
            application,
            kind="enquiry_answered",
            key=f"enquiry:{enquiry.pk}",
            figures=lambda: {
                **figures,
                "title": application.title,
                "question_line": _about(question),
            },
            at=at,
        )
    return enquiry


@transaction.atomic
def settle(application: Application, *, by, at: datetime) -> None:
    """Say that what the parties wrote last needs no answer. Raises `NotAllowed`."""
    _ensure_answers(application, by)
    waiting = application.enquiries.filter(from_icld=False, settled_at=None)
    waiting.update(settled_at=at, settled_by=by)


@transaction.atomic
def choose_contact(application: Application, *, contact, by, at: datetime) -> None:
    """Name the person at ICLD whom the parties turn to. Called by the floor that assigns cases."""
    (row,) = locked([application.pk])
    if row.contact_id != contact.pk:
        Application.objects.filter(pk=row.pk).update(contact=contact)


@transaction.atomic
def be_contact(application: Application, *, by, at: datetime) -> None:
    """Be the one at ICLD whom the parties turn to. Raises `NotAllowed`."""
    _ensure_answers(application, by)
    choose_contact(application, contact=by, by=by, at=at)


def _ensure_answers(application: Application, by) -> None:
    readable = Application.objects.asking_readable_by(by).filter(pk=application.pk)
    found = readable.with_parties().first()
    if found is None or not by.has_perm(ANSWER, found):
        raise NotAllowed(action=ANSWER)


def _written(
    application: Application, said: Said, by, at: datetime, **fields
) -> tuple[Enquiry, bool]:
    """The message, and whether it is new. Raises `NotAllowed` for somebody else's token."""
    values = {
        "application": application,
        "question_key": said.question.key if said.question else "",
        "text": said.text,
        "by": by,
        "at": at,
    }
    enquiry, made = Enquiry.objects.get_or_create(public_id=said.token, defaults=values | fields)
    if (enquiry.application_id, enquiry.by_id) != (application.pk, by.pk):
        raise NotAllowed(action="enquiry")
    return enquiry, made


def _organisation_of(person, application: Application) -> Organisation:
    """The party that a person speaks for: the first one that they write for."""
    return Organisation.objects.filter(
        memberships__user=person,
        memberships__role__in=WRITING_ROLES,
        applicationparty__application=application,
    ).order_by("applicationparty__pk")[0]


def contacts_for(application: Application) -> list[User]:
    """Who at ICLD may be named to these parties: the application's contact, then the round's;
    nobody who has left or belongs to a party."""
    wanted = [application.contact_id, application.round.contact_id]
    free = {person.pk: person for person in _unbiased(application).filter(pk__in=wanted)}
    return [free[pk] for pk in wanted if pk in free]


def _unbiased(application: Application):
    parties = application.parties.values("organisation")
    return User.objects.filter(is_active=True, is_staff=True).exclude(
        memberships__organisation__in=parties
    )


def _tell_icld(enquiry: Enquiry, question: Question | None, at: datetime) -> None:
    """One mail to the contact, or to each officer. No title: that would be a part of the draft."""
    application = enquiry.application
    officers = _unbiased(application).filter(groups__name=Role.OFFICER).order_by("pk")
    parties = ", ".join(str(party) for party in application.parties.all())
    for person in contacts_for(application)[:1] or officers:
        with translation.override(person.language):
            figures = {
                "from": f"{enquiry.by} ({enquiry.organisation})",
                "parties": parties,
                "phase": application.get_phase_display(),
                "round": application.round.name,
                "dnr_line": _number(application),
                "question_line": _about(question),
                "text": enquiry.text,
                "link": _link("enquiry", enquiry),
            }
            outbox.write(
                key=f"enquiry:{enquiry.pk}:{person.pk}",
                kind="enquiry_received",
                address=person.email,
                language=person.language,
                figures=figures,
                at=at,
            )


def _about(question: Question | None) -> str:
    """A line about the question asked about, in the active language; empty for none."""
    return _("About the question: %(label)s") % {"label": question.label} if question else ""


def _number(application: Application) -> str:
    if not application.dnr:
        return ""
    return _("Registration number: %(dnr)s") % {"dnr": application.dnr}


def _link(name: str, enquiry: Enquiry) -> str:
    return settings.PORTAL_URL + reverse(name, args=[enquiry.application.public_id])
