"""The answers in prose: one box per question and language, each with the version it began from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.states import Language
from applications.counting import count
from applications.fingerprints import fingerprint
from applications.models import Answer, Question
from applications.refusals import StaleAnswer
from applications.states import AskedIn, LimitUnit


@dataclass
class AnswerBox:
    """One answer in one language as the page shows it: saved, or typed and not saved.

    `was` marks the text the page was filled with, so that a box nobody has touched is not saved
    over a colleague's newer text. `take_saved` says that the person chose the other's text.
    """

    question: Question
    language: str
    text: str = ""
    version: int = 0
    was: str = fingerprint("")
    answer: Answer | None = None
    conflict: StaleAnswer | None = None
    unsaved: bool = False
    take_saved: bool = False

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
        return not self.take_saved and fingerprint(self.text) != self.was

    def saved(self, answer: Answer) -> None:
        """What stands saved now."""
        self.answer, self.text, self.version = answer, answer.text, answer.version
        self.was, self.unsaved, self.conflict = fingerprint(answer.text), False, None

    def refused(self, conflict: StaleAnswer | None) -> None:
        """Keep what was typed; after a conflict a new save replaces the text shown beside it."""
        self.unsaved, self.conflict = True, conflict
        if conflict:
            self.version = conflict.figures["current_version"]
            self.was = fingerprint(conflict.figures["current_text"])


@dataclass
class QuestionBox:
    question: Question
    boxes: list[AnswerBox] = field(default_factory=list)

    @property
    def one_is_enough(self) -> bool:
        return self.question.languages == AskedIn.ANY


def question_boxes(
    questions: Iterable[Question],
    answers: Iterable[Answer],
    data: Mapping[str, str] | None = None,
) -> Sequence[QuestionBox]:
    """Every question with its boxes, filled from what is saved, or from what was posted."""
    stored = {(answer.question_key, answer.language): answer for answer in answers}
    return [
        QuestionBox(
            question,
            [
                _box(question, language, stored.get((question.key, language)), data)
                for language in Language.values
            ],
        )
        for question in questions
    ]


def clean_text(text: str) -> str:
    """A posted text the way it is stored: plain line ends, nothing the database cannot hold."""
    return text.replace("\r\n", "\n").replace("\x00", "")


def version_number(text: str) -> int:
    """The version a box began from; unreadable counts as none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _box(question: Question, language: str, answer: Answer | None, data) -> AnswerBox:
    box = AnswerBox(question, language)
    if answer:
        box.saved(answer)
    if data is None or box.name not in data:
        return box
    box.take_saved = data.get("take") == box.name
    if not box.take_saved:
        box.text = clean_text(data[box.name])
        box.version = version_number(data.get(f"{box.name}-version", ""))
        box.was = data.get(f"{box.name}-was", "")
    return box
