"""Texts as people type and paste them, made fit to store. Nothing that can be read is changed:
smart quotes, emoji and right-to-left writing stay as they are."""

import re
import unicodedata

LONGEST = 200_000
"""Characters in one answer: far more than any question asks for, and no more than pages, histories
and documents can carry."""

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters but tab and line end, halves of characters, and marks of byte order."""


def clean(text: str) -> str:
    """A text the way it is stored: plain line ends, nothing that is not meant for a reader."""
    return UNREADABLE.sub("", LINE_ENDS.sub("\n", text))


def is_blank(text: str) -> bool:
    """Nothing but spaces and characters that cannot be seen."""
    return all(char.isspace() or unicodedata.category(char) == "Cf" for char in text)


def lost_between(before: str, after: str) -> int:
    """How many characters of the first text do not stand in the second, at most."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return len(before) - start - end


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return shorter
    low, high = 0, shorter
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle)
    return low
