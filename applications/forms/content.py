"""The answers in prose: one box per question and language, each with the version it began from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from accounts.states import Language
from applications.fingerprints import fingerprint
from applications.models import Answer, Question
from applications.refusals import StaleAnswer
from applications.states import AskedIn, LimitUnit
from applications.texts.counting import count
from applications.texts.diff import ADDED, REMOVED, Segment, word_diff
from applications.texts.merge import Merged, merge
from applications.texts.typed import clean


@dataclass(frozen=True)
class TwoTexts:
    """A conflict as it is shown: what stands saved and what was typed, with the difference marked,
    and a proposal that brings both together. `base` is the text that both began from, if known."""

    refusal: StaleAnswer
    base: str | None

    @property
    def saved(self) -> str:
        return self.refusal.figures["current_text"]

    @property
    def typed(self) -> str:
        return self.refusal.figures["typed_text"]

    @cached_property
    def segments(self) -> list[Segment]:
        return word_diff(self.saved, self.typed)

    @property
    def of_saved(self) -> list[Segment]:
        return [part for part in self.segments if part.kind != ADDED]

    @property
    def of_typed(self) -> list[Segment]:
        return [part for part in self.segments if part.kind != REMOVED]

    @cached_property
    def merged(self) -> Merged:
        return merge(self.base, self.saved, self.typed)


@dataclass
class AnswerBox:
    """One answer in one language as the page shows it: saved, or typed and not saved.

    `was` marks the text the page was filled with, so that a box nobody has touched is not saved
    over a colleague's newer text. `choice` is what the person chose in a conflict: "saved" (the
    other's text), "mine" or "merged"; or "confirm", that a copied text still holds.
    """

    question: Question
    language: str
    text: str = ""
    version: int = 0
    was: str = fingerprint("")
    answer: Answer | None = None
    conflict: TwoTexts | None = None
    unsaved: bool = False
    choice: str = ""

    @property
    def name(self) -> str:
        return f"{self.question.key}-{self.language}"

    @property
    def length(self) -> int:
        return count(self.text, self.question.limit_unit)

    @property
    def over(self) -> int:
        """How many words or characters too many."""
        return max(0, self.length - self.question.limit)

    @property
    def rows(self) -> int:
        """A box high enough for an answer that uses its limit, within reason."""
        per_row = 10 if self.question.limit_unit == LimitUnit.WORDS else 70
        return min(max(self.question.limit // per_row, 5), 12)

    @property
    def touched(self) -> bool:
        return self.choice != "saved" and fingerprint(self.text) != self.was

    @property
    def is_copied(self) -> bool:
        """Copied from another application, and not touched since."""
        return bool(self.answer and self.answer.copied_from_id and not self.unsaved)

    def read(self, data: Mapping[str, str]) -> None:
        """What was posted of the box from a page without script."""
        self.choice = _choice(self.name, data)
        if self.choice == "saved":
            return
        name = f"{self.name}-merged" if self.choice == "merged" else self.name
        self.text = clean(data.get(name, data[self.name]))
        self.version = version_number(data.get(f"{self.name}-version", ""))
        self.was = data.get(f"{self.name}-was", "")

    def saved(self, answer: Answer) -> None:
        """What stands saved now."""
        self.answer, self.text, self.version = answer, answer.text, answer.version
        self.was, self.unsaved, self.conflict = fingerprint(answer.text), False, None

    def refused(self, conflict: StaleAnswer | None, base: str | None = None) -> None:
        """Keep what was typed; after a conflict a new save replaces the text shown beside it."""
        self.unsaved = True
        if conflict is None:
            return
        known = conflict.figures["base"]
        self.conflict = TwoTexts(conflict, base if known is None else known)
        self.version = conflict.figures["current_version"]
        self.was = fingerprint(conflict.figures["current_text"])


@dataclass
class QuestionBox:
    """A question with what answers it: a box in each language, or a table."""

    question: Question
    boxes: list[AnswerBox] = field(default_factory=list)
    table: Any = None

    @property
    def one_is_enough(self) -> bool:
        return self.question.languages == AskedIn.ANY


def question_boxes(
    questions: Iterable[Question],
    answers: Iterable[Answer],
    data: Mapping[str, str] | None = None,
) -> Sequence[QuestionBox]:
    """Every question, the texts with their boxes, filled from what is saved or what was posted."""
    stored = {(answer.question_key, answer.language): answer for answer in answers}
    asked = [QuestionBox(question) for question in questions]
    for each in asked:
        if each.question.is_text:
            key = each.question.key
            each.boxes = [
                _box(each.question, language, stored.get((key, language)), data)
                for language in Language.values
            ]
    return asked


def version_number(text: str) -> int:
    """The version a box began from; unreadable counts as none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _box(question: Question, language: str, answer: Answer | None, data) -> AnswerBox:
    box = AnswerBox(question, language)
    if answer:
        box.saved(answer)
    if data is not None and box.name in data:
        box.read(data)
    return box


CHOICES = {"take": "saved", "mine": "mine", "merge": "merged", "confirm": "confirm"}
"""The buttons beside a box, by their names; each carries the box's name."""


def _choice(name: str, data: Mapping[str, str]) -> str:
    return next((choice for button, choice in CHOICES.items() if data.get(button) == name), "")
