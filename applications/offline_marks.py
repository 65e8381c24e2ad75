"""The marks by which a form that was filled in offline is read back: "[icld answer summary sv 3]".

They stand in the file as small print, since that is what every word processor keeps; the same mark
is repeated as the description of its table, for the day somebody tidies the small print away.
"""

import re
from dataclasses import dataclass

FORM, ANSWER, TABLE, ROW, NOTE = "form", "answer", "table", "row", "note"
_MARK = re.compile(r"\[icld (form|answer|table|row|note) ([\w-]+(?: [\w-]+){0,3})\]")


@dataclass(frozen=True)
class Mark:
    """`parts`: phase, number and application of a form; key, language and version of an answer;
    key of a table or note; key and version of a row."""

    kind: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"[icld {self.kind} {' '.join(self.parts)}]"

    def part(self, place: int) -> str:
        return self.parts[place] if place < len(self.parts) else ""

    def number(self, place: int) -> int | None:
        text = self.part(place)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def mark(kind: str, *parts: object) -> Mark:
    return Mark(kind, tuple(map(str, parts)))


def marks_in(text: str) -> list[Mark]:
    return [Mark(found[1], tuple(found[2].split(" "))) for found in _MARK.finditer(text)]


def without_marks(text: str) -> str:
    return _MARK.sub("", text)
