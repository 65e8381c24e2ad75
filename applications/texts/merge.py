"""Bringing together what two people made of the same text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from applications.texts.diff import changes, tokens

Change = tuple[int, int, list[str]]
"""From and to in the text both began from, and what stands there instead."""


@dataclass(frozen=True)
class Merged:
    """A proposal that a person reads before it is saved. `woven`: the changes of both are in it,
    each in its place; otherwise the two texts stand one after the other."""

    text: str
    woven: bool


def merge(base: str | None, theirs: str, mine: str) -> Merged:
    """Both persons' changes to `base` where they do not touch. Without a text that both began from
    (None when it is not known) there is nothing to weave into."""
    if not (base and base.strip()):
        return Merged(_one_after_the_other(theirs, mine), woven=False)
    old = tokens(base)
    woven = _weave(old, _changes(old, theirs), _changes(old, mine))
    if woven is None:
        return Merged(_one_after_the_other(theirs, mine), woven=False)
    return Merged(woven, woven=True)


def _changes(old: Sequence[str], text: str) -> list[Change]:
    new = tokens(text)
    return [(i1, i2, new[j1:j2]) for i1, i2, j1, j2 in changes(old, new)]


def _weave(old: Sequence[str], theirs: list[Change], mine: list[Change]) -> str | None:
    """None where both have changed the same words, each in another way."""
    words, done = [], 0
    for start, end, instead in _in_order(theirs, mine):
        if instead is None:
            return None
        words += [*old[done:start], *instead]
        done = end
    return "".join([*words, *old[done:]])


def _in_order(theirs: list[Change], mine: list[Change]) -> Iterator[tuple[int, int, list | None]]:
    """Both lists as one; None instead of words where two changes meet and cannot both stand."""
    left, right = list(theirs), list(mine)
    while left and right:
        one, other = left[0], right[0]
        if one == other:
            yield one
            left, right = left[1:], right[1:]
        elif one[:2] == other[:2] and one[0] == one[1]:  # both have added in the same place
            yield one[0], one[1], [*one[2], *_apart(one[2], other[2]), *other[2]]
            left, right = left[1:], right[1:]
        elif one[1] < other[0]:
            yield one
            left = left[1:]
        elif other[1] < one[0]:
            yield other
            right = right[1:]
        else:
            yield one[0], one[1], None
            return
    yield from chain(left, right)


def _apart(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What parts two additions in the same place, where neither brings it along."""
    if before[-1].isspace() or after[0].isspace():
        return []
    return ["\n\n"] if "\n" in before or "\n" in after else [" "]


def _one_after_the_other(theirs: str, mine: str) -> str:
    return "\n\n".join(filter(None, (theirs.strip("\n"), mine.strip("\n"))))
