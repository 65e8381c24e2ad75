"""What another version of the form means for one draft that was begun again."""

from collections.abc import Iterable
from typing import Any

from applications.form_diff import OF_QUESTION, Changed, difference
from applications.models import Application, FormVersion, Question, Round

FORM_CHANGED = "form_changed"
"""The kind of the event that keeps it."""


def form_change(application: Application, earlier: Round) -> dict[str, Any] | None:
    """What the form of the application's round asks otherwise than that of an earlier round.

    Plain values, for an event; None where both ask with the same version.
    """
    before, after = (
        FormVersion.objects.filter(
            roundphase__round=round_, roundphase__phase=application.phase
        ).first()
        for round_ in (earlier, application.round_id)
    )
    if before == after or not (before and after):
        return None
    changes = difference(_questions(before), _questions(after), OF_QUESTION)
    answered = set(application.answers.exclude(text="").values_list("question_key", flat=True))
    return {
        "form_before": before.number,
        "form_after": after.number,
        "added": [_named(row) for row in changes.added],
        "removed": [_named(row) | {"answered": row.key in answered} for row in changes.removed],
        "changed": [_named(each.after) | {"fields": _told(each)} for each in changes.changed],
    }


def has_left_over(events: Iterable[Any]) -> bool:
    """Whether an event of the case tells of a question that had been answered and is not asked."""
    changes = [event.data for event in events if event.kind == FORM_CHANGED]
    return any(row["answered"] for change in changes for row in change["removed"])


def left_over(application: Application) -> list[dict[str, Any]]:
    """Texts to questions that the application's form does not ask: they stay, and can be read.

    Each with the question's newest label, and its texts by language, in the order of the keys.
    """
    asked = Question.objects.filter(
        form_version__roundphase__round_id=application.round_id,
        form_version__roundphase__phase=application.phase,
    )
    answers = application.answers.exclude(text="").exclude(question_key__in=asked.values("key"))
    labels = _labels({answer.question_key for answer in answers}, application.phase)
    found: dict[str, dict[str, Any]] = {}
    for answer in answers.select_related("by").order_by("question_key", "-language"):
        row = found.setdefault(
            answer.question_key, {"label": labels.get(answer.question_key, ""), "answers": []}
        )
        row["answers"].append(answer)
    return list(found.values())


def _labels(keys: Iterable[str], phase: str) -> dict[str, str]:
    """As the newest form that asks words them; that of the same phase if there is one."""
    rows = Question.objects.filter(key__in=keys).select_related("form_version")
    newest_last = sorted(
        rows, key=lambda row: (row.form_version.phase == phase, row.form_version.number)
    )
    return {row.key: row.label for row in newest_last}


def _questions(form: FormVersion) -> list[Question]:
    return list(form.questions.select_related("section"))


def _named(row: Question) -> dict[str, Any]:
    """Labels are kept: a later form may not know the question."""
    return {
        "key": row.key,
        "section": row.section.key,
        "label_sv": row.label_sv,
        "label_en": row.label_en,
    }


def _told(each: Changed) -> list[dict[str, Any]]:
    """The fields that differ, with both values."""
    return [
        {"name": name, "before": getattr(each.before, name), "after": getattr(each.after, name)}
        for name in each.fields
    ]
