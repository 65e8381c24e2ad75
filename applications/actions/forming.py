"""The life of a form: copied, published, taken back, its wording corrected."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from applications.form_checks import Fault, faults_of
from applications.form_diff import WORDING
from applications.models import (
    FormSection,
    FormVersion,
    Question,
    RequestedAttachment,
    Round,
    WordingCorrection,
)
from applications.refusals import (
    FormInUse,
    FormIsDraft,
    FormPublished,
    FormUnfit,
    LabelMissing,
)
from applications.states import FormStatus

if TYPE_CHECKING:
    from accounts.models import User

Part = FormSection | Question | RequestedAttachment


@transaction.atomic
def copy_form(form: FormVersion, *, by: "User", at: datetime) -> FormVersion:
    """The next version of the phase's form: a draft that asks the same."""
    versions = FormVersion.objects.select_for_update(no_key=True).filter(phase=form.phase)
    newest = max(versions.values_list("number", flat=True))
    copy = FormVersion.objects.create(phase=form.phase, number=newest + 1)
    place = {}
    for section in form.sections.all():
        place[section.pk] = _copied(section, form_version=copy)
    for question in form.questions.all():
        _copied(question, form_version=copy, section=place[question.section_id])
    for attachment in form.requested_attachments.all():
        _copied(attachment, form_version=copy)
    return copy


@transaction.atomic
def publish_form(form: FormVersion, *, by: "User", at: datetime) -> FormVersion:
    """From then on rounds can use it, and only its wording can be changed.

    Raises FormPublished, and FormUnfit with the list of what is to be mended.
    """
    form = _locked(form)
    if form.is_published:
        raise FormPublished(form=str(form))
    if faults := faults_in(form):
        raise FormUnfit(form=str(form), faults=faults)
    form.status, form.published_at = FormStatus.PUBLISHED, at
    form.save(update_fields=["status", "published_at"])
    return form


@transaction.atomic
def take_back_form(form: FormVersion, *, by: "User", at: datetime) -> FormVersion:
    """Make a published form a draft again, while no application and no opened round uses it.

    A round that uses it takes no applications of the phase until it is published again. Raises
    FormIsDraft and FormInUse.
    """
    form = _locked(form)
    if not form.is_published:
        raise FormIsDraft(form=str(form))
    if round_ := _opened(form, at):
        raise FormInUse(form=str(form), round=round_.name)
    form.status, form.published_at = FormStatus.DRAFT, None
    form.save(update_fields=["status", "published_at"])
    return form


@transaction.atomic
def correct_wording(
    part: Part, texts: Mapping[str, str], *, by: "User", at: datetime
) -> list[WordingCorrection]:
    """Change labels and help texts of a published form; each change is kept for its applicants.

    `texts` by field, of those in `WORDING`. Gives the corrections, none where nothing differs.
    Raises FormIsDraft and LabelMissing.
    """
    form = _locked(part.form_version)
    if not form.is_published:
        raise FormIsDraft(form=str(form))
    stored = type(part).objects.get(pk=part.pk)
    changes = dict(_changes(stored, texts))
    if any(name.startswith("label_") and not text.strip() for name, text in changes.items()):
        raise LabelMissing(place=str(stored))
    corrections = [
        WordingCorrection(
            form_version=form,
            place=stored.place,
            field=name,
            before=getattr(stored, name),
            after=text,
            at=at,
            by=by,
        )
        for name, text in changes.items()
    ]
    if changes:
        type(part).objects.filter(pk=part.pk).update(**changes)
    return WordingCorrection.objects.bulk_create(corrections)


def faults_in(form: FormVersion) -> list[Fault]:
    """What stops a draft from being published."""
    return faults_of(
        form.phase,
        list(form.sections.all()),
        list(form.questions.select_related("section")),
        list(form.requested_attachments.all()),
    )


def _changes(stored: Part, texts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for name in WORDING:
        if hasattr(stored, name) and name in texts and texts[name] != getattr(stored, name):
            yield name, texts[name]


def _opened(form: FormVersion, at: datetime) -> Round | None:
    """A round that uses the form and has opened, or has an application of the phase."""
    rounds = Round.objects.filter(phases__form_version=form)
    applied_in = rounds.filter(applications__phase=form.phase)
    return rounds.filter(opens_at__lte=at).first() or applied_in.first()


def _copied(row: Part, **fields) -> Part:
    """The same row anew, with those fields otherwise."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in fields
    }
    return type(row).objects.create(**kept, **fields)


def _locked(form: FormVersion) -> FormVersion:
    return FormVersion.objects.select_for_update(no_key=True).get(pk=form.pk)
