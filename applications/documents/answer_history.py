"""How one answer came to be: every version that was kept, beside the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from applications.models import Answer, AnswerVersion
from applications.texts.diff import Segment, word_diff


@dataclass(frozen=True)
class Kept:
    """A version of an answer; `before` is the one it was made from, None for the first."""

    row: AnswerVersion
    before: AnswerVersion | None
    is_current: bool

    @cached_property
    def segments(self) -> list[Segment]:
        """The text told from the one before."""
        return word_diff(self.before.text if self.before else "", self.row.text)


def history(rows: Sequence[AnswerVersion], answer: Answer, length: int) -> list[Kept]:
    """The first `length` of the rows, newest first; the one after them is only compared with."""
    older = [*rows[1:], None]
    kept = zip(rows[:length], older, strict=False)
    return [Kept(row, before, is_current=row.version == answer.version) for row, before in kept]
