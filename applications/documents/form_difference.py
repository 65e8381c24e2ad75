"""What a version of a form changes in the one before it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.form_diff import OF_ATTACHMENT, OF_QUESTION, OF_SECTION, Difference, difference
from applications.models import FormVersion
from icld_portal.formats import DASH, number


@dataclass(frozen=True)
class Told:
    """One row of the table."""

    what: str
    before: str
    after: str


def version_before(form: FormVersion) -> FormVersion | None:
    earlier = FormVersion.objects.filter(phase=form.phase, number__lt=form.number)
    return earlier.order_by("-number").first()


def differences(before: FormVersion, after: FormVersion) -> list[Told]:
    """Every section, question and attachment that was added, taken away or changed."""
    sections = difference(before.sections.all(), after.sections.all(), OF_SECTION)
    questions = difference(
        before.questions.select_related("section"),
        after.questions.select_related("section"),
        ("place", *OF_QUESTION),
    )
    attachments = difference(
        before.requested_attachments.all(),
        after.requested_attachments.all(),
        OF_ATTACHMENT,
        key="kind",
    )
    return [
        *_rows(_("Section"), sections),
        *_rows(_("Question"), questions),
        *_rows(_("Attachment"), attachments),
    ]


def _rows(what: str, found: Difference) -> Iterable[Told]:
    for row in found.added:
        yield Told(f"{what} {DASH} {row}", DASH, _("added"))
    for row in found.removed:
        yield Told(f"{what} {DASH} {row}", _("asked for"), _("taken away"))
    for each in found.changed:
        for name in each.fields:
            yield Told(
                f"{what} {DASH} {each.after}: {_field(each.after, name)}",
                value_told(each.before, name),
                value_told(each.after, name),
            )


def _field(row: Model, name: str) -> str:
    if name == "place":
        return _("place")
    return capfirst(str(row._meta.get_field(name).verbose_name))


def value_told(row: Any, name: str) -> str:
    """A column as a person reads it."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, int):
        return number(value)
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display else str(value or DASH)
