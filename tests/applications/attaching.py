"""A form that asks for attachments, and people who add them."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from applications import actions
from applications.models import Application, Attachment, FormSection, FormVersion, RoundPhase
from applications.states import AttachmentKind, FormStatus, SectionPage
from funding.states import Phase
from partnerships.models import Party
from partnerships.states import Side
from tests.applications import file_samples as samples
from tests.moments import MID_ROUND

LETTER, MINUTES, OTHER = (
    AttachmentKind.LETTER_OF_INTENT,
    AttachmentKind.MINUTES,
    AttachmentKind.OTHER,
)
PROMISED_ON = date(2027, 4, 20)


def ask_for_files() -> None:
    """A project's form asks for a letter, minutes of each party (later, if need be), and others."""
    short = FormVersion.objects.get(phase=Phase.PROJECT, number=1)
    form = FormVersion.objects.create(phase=Phase.PROJECT, number=77)
    sections = {row.pk: row for row in short.sections.all()}
    questions = list(short.questions.all())
    for row in (*sections.values(), *questions):
        row.pk, row.form_version = None, form
        row._state.adding = True
    for section in sections.values():
        section.save()
    for question in questions:
        question.section = sections[question.section_id]
        question.save()
    FormSection.objects.create(
        form_version=form,
        key="attachments",
        page=SectionPage.ATTACHMENTS,
        label_sv="Bilagor",
        label_en="Attachments",
        order=90,
    )
    asked = form.requested_attachments
    asked.create(kind=LETTER, required=True, order=1)
    asked.create(kind=MINUTES, required=True, each_party=True, may_be_promised=True, order=2)
    asked.create(kind=OTHER, order=3)
    form.status = FormStatus.PUBLISHED
    form.save()
    RoundPhase.objects.filter(phase=Phase.PROJECT).update(form_version=form)


def emptied(application: Application) -> Application:
    """The application without the files and promises that it was filled with."""
    application.attachments.all().delete()
    application.promises.all().delete()
    return Application.objects.for_pages().get(pk=application.pk)


def party_of(application: Application, side: Side = Side.SWEDISH) -> Party:
    return application.parties.get(side=side).party


def add(
    application: Application,
    *,
    by,
    kind=LETTER,
    party=None,
    name="avsikt.pdf",
    content=None,
    at=MID_ROUND,
    **options,
) -> Attachment:
    """A whole file, the way an ordinary form sends it."""
    file = SimpleUploadedFile(name, samples.pdf() if content is None else content)
    file.name = name  # else Django cleans it first
    return actions.attach(application, file=file, kind=kind, party=party, by=by, at=at, **options)


def promise_minutes(
    application: Application, *, by, side=Side.SWEDISH, day=PROMISED_ON, at=MID_ROUND
):
    party = party_of(application, side)
    return actions.promise(
        application, kind=MINUTES, party=party, promised_on=day, note="", by=by, at=at
    )


def add_all(application: Application, *, by) -> None:
    """The letter, Lusaka's minutes, and Malmö's promised."""
    add(application, by=by)
    abroad = party_of(application, Side.INTERNATIONAL)
    add(application, by=by, kind=MINUTES, party=abroad, name="minutes.pdf")
    promise_minutes(application, by=by)
