"""Areas, core areas, goals, the first forms of each phase, and the rounds around today."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from applications.actions import plan_rounds
from applications.management.form_data import forms
from applications.models import (
    Area,
    CoreArea,
    FormSection,
    FormVersion,
    GlobalGoal,
    Question,
    RequestedAttachment,
)
from applications.states import FormStatus
from icld_portal.reference import add_missing, entries, table

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add what is missing, and the rounds of the years around `at`, so that running it in a later
    year adds that year's. Gives the number of rows added, per table."""
    added = {
        "areas": add_missing(Area, ("key",), table(HERE, "areas")),
        "core_areas": add_missing(CoreArea, ("key",), entries(HERE, "core_areas", "core_area")),
        "goals": add_missing(GlobalGoal, ("number",), _goals()),
    }
    added["forms"], added["questions"] = _forms(at)
    added["rounds"] = plan_rounds(at=at)
    return {name: len(rows) for name, rows in added.items()}


def _goals() -> list[dict]:
    return [row | {"number": int(row["number"])} for row in table(HERE, "goals")]


def _forms(at: datetime) -> tuple[list[FormVersion], list[Question]]:
    """Forms are filled as drafts, since a published one takes no more questions."""
    described = {(form.phase, form.number): form for form in forms()}
    drafts = [{"phase": phase, "number": number} for phase, number in described]
    added = add_missing(FormVersion, ("phase", "number"), drafts)
    data = [(row, described[row.phase, row.number]) for row in added]
    sections = FormSection.objects.bulk_create(
        FormSection(form_version=row, **section) for row, form in data for section in form.sections
    )
    place = {(each.form_version_id, each.key): each for each in sections}
    questions = Question.objects.bulk_create(
        Question(form_version=row, **question | {"section": place[row.pk, question["section"]]})
        for row, form in data
        for question in form.questions
    )
    RequestedAttachment.objects.bulk_create(
        RequestedAttachment(form_version=row, **attachment)
        for row, form in data
        for attachment in form.attachments
    )
    FormVersion.objects.filter(pk__in=[row.pk for row in added]).update(
        status=FormStatus.PUBLISHED, published_at=at
    )
    return added, questions
