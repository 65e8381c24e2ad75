"""What differs between two texts, word by word. Nothing is lost on the way: what both have and what
was removed make the first text; what both have and what was added make the second."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

SAME, REMOVED, ADDED = "same", "removed", "added"

MARKS = r""".,;:!?()\[\]{}"'”“„’‘«»…–—/-"""
TOKEN = re.compile(rf"\n|[^\S\n]+|[{MARKS}]+|[^\s{MARKS}]+")
"""A line end, spaces, marks, or a word: whatever else hangs together, accents and emoji too."""

MOST_PAIRS = 100_000_000
"""More pairs of words than this are compared line by line first, so that no page waits for it."""

Spans = Iterator[tuple[int, int, int, int]]
"""Where two sequences differ: from and to in the first, from and to in the second."""


@dataclass(frozen=True)
class Segment:
    kind: str
    text: str

    @property
    def is_same(self) -> bool:
        return self.kind == SAME


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def word_diff(before: str, after: str) -> list[Segment]:
    """The second text told from the first, as segments in reading order."""
    old, new = tokens(before), tokens(after)
    segments, done = [], 0
    for i1, i2, j1, j2 in _without_crumbs(old, changes(old, new)):
        segments += _some(SAME, old[done:i1])
        segments += _some(REMOVED, old[i1:i2]) + _some(ADDED, new[j1:j2])
        done = i2
    return segments + _some(SAME, old[done:])


def changes(old: Sequence[str], new: Sequence[str]) -> Spans:
    """Where two sequences of tokens differ."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    i2, j2 = len(old) - end, len(new) - end
    if start < i2 or start < j2:
        found = [
            tuple(start + place for place in span) for span in _inner(old[start:i2], new[start:j2])
        ]
        yield from _at_ends(old, new, found)


def _at_ends(old: Sequence[str], new: Sequence[str], spans: list) -> Spans:
    """What was only added or only removed, as far on as it can stand: a sentence with its own full
    stop rather than with that of the one before."""
    limits = [span[0] for span in spans[1:]] + [len(old)]
    for (i1, i2, j1, j2), limit in zip(spans, limits, strict=True):
        words, start, end = (new, j1, j2) if i1 == i2 else (old, i1, i2)
        steps = 0
        if (i1 == i2) != (j1 == j2):
            while i2 + steps < limit and words[start + steps] == words[end + steps]:
                steps += 1
        yield i1 + steps, i2 + steps, j1 + steps, j2 + steps


def _inner(old: Sequence[str], new: Sequence[str]) -> Spans:
    if len(old) * len(new) > MOST_PAIRS:
        yield from _by_line(old, new)
        return
    for kind, *span in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            yield tuple(span)


def _by_line(old: Sequence[str], new: Sequence[str]) -> Spans:
    """Whole lines first, and words only within lines that differ and are few enough."""
    (lines, starts), (others, places) = _lines(old), _lines(new)
    if len(lines) * len(others) > MOST_PAIRS:
        yield 0, len(old), 0, len(new)
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, lines, others).get_opcodes():
        if kind == "equal":
            continue
        a, b, c, d = starts[i1], starts[i2], places[j1], places[j2]
        if (b - a) * (d - c) > MOST_PAIRS // 100:
            yield a, b, c, d
            continue
        for a1, a2, b1, b2 in changes(old[a:b], new[c:d]):
            yield a + a1, a + a2, c + b1, c + b2


def _lines(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The lines, and at which token each begins; one place more, after the last."""
    ends = [place + 1 for place, word in enumerate(words) if word == "\n"]
    starts = [0, *ends] if not ends or ends[-1] < len(words) else [0, *ends[:-1]]
    starts.append(len(words))
    lines = ["".join(words[a:b]) for a, b in pairwise(starts)]
    return lines, starts


def _without_crumbs(old: Sequence[str], spans: Spans) -> Spans:
    """Two changes with nothing but a space between them are one: a sentence, not confetti."""
    last = None
    for span in spans:
        if last and not "".join(old[last[1] : span[0]]).strip(" \t"):
            last = (last[0], span[1], last[2], span[3])
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _some(kind: str, words: Sequence[str]) -> list[Segment]:
    return [Segment(kind, "".join(words))] if words else []
