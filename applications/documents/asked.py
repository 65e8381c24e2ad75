"""What the parties of an application and ICLD have written to each other, as both sides read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.models import Application, Enquiry, PublishedAnswer, Question


@dataclass(frozen=True)
class Spoken:
    """One message. `about` is the label of the question it asks about, as the form says it now;
    empty for none, or for one that the form no longer has."""

    enquiry: Enquiry
    about: Any
    published: PublishedAnswer | None

    @property
    def anchor(self) -> str:
        return f"m-{self.enquiry.pk}"

    @property
    def waits(self) -> bool:
        """Is it from a party, without anybody having said that it needs no answer?"""
        return not self.enquiry.from_icld and self.enquiry.settled_at is None


def messages_of(application: Application, questions: Mapping[str, Question]) -> list[Spoken]:
    """Oldest first, in two queries."""
    rows = application.enquiries.select_related("by", "organisation", "settled_by")
    return [_spoken(row, questions) for row in rows.prefetch_related("published")]


def by_key(questions: Sequence[Question]) -> dict[str, Question]:
    return {question.key: question for question in questions}


def _spoken(row: Enquiry, questions: Mapping[str, Question]) -> Spoken:
    question = questions.get(row.question_key)
    published = next(iter(row.published.all()), None)
    return Spoken(row, question.label if question else "", published)
