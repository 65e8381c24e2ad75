"""Published questions and answers, in the order of the forms they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from applications.models import FormVersion, PublishedAnswer, Question
from applications.states import FormStatus
from funding.states import Phase


@dataclass(frozen=True)
class Group:
    """What has been answered about one question of the form, or about nothing in particular."""

    label: Any
    answers: list[PublishedAnswer]


@dataclass(frozen=True)
class Chapter:
    """What concerns one phase, or every one (then `phase` is empty)."""

    phase: str
    label: Any
    groups: list[Group]


def current_questions() -> list[Question]:
    """The questions of the newest published form of each phase, in order."""
    forms = FormVersion.objects.filter(phase=OuterRef("form_version__phase"))
    newest = forms.filter(status=FormStatus.PUBLISHED).order_by("-number").values("pk")[:1]
    rows = Question.objects.filter(form_version=Subquery(newest))
    return list(rows.select_related("form_version").order_by("section__order", "order"))


def labels(questions: Iterable[Question]) -> dict[str, Any]:
    """Label by key: each key once, as the first form words it."""
    found: dict[str, Any] = {}
    for question in questions:
        found.setdefault(question.key, question.label)
    return found


def chapters(answers: Iterable[PublishedAnswer], everywhere: Any) -> list[Chapter]:
    """By phase, then by question; `everywhere` is the heading of what concerns every phase."""
    answers = list(answers)
    known = labels(current_questions())
    headings = {"": everywhere} | {phase.value: phase.label for phase in Phase}
    return [
        Chapter(phase, heading, _groups([row for row in answers if row.phase == phase], known))
        for phase, heading in headings.items()
        if any(row.phase == phase for row in answers)
    ]


def _groups(rows: list[PublishedAnswer], known: dict[str, Any]) -> list[Group]:
    """In the form's order; what is about no question of it comes first."""
    general = [row for row in rows if row.question_key not in known]
    groups = [Group("", general)] if general else []
    for key, label in known.items():
        if about := [row for row in rows if row.question_key == key]:
            groups.append(Group(label, about))
    return groups
