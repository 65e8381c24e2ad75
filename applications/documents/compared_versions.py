"""What differs between two versions of an application, part by part. Reads no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.documents.told_parts import told_parts
from applications.texts.diff import Segment, word_diff


@dataclass(frozen=True)
class Difference:
    """One part that is not the same. `before` or `after` is empty where it was added or removed."""

    label: str
    before: str
    after: str
    segments: Sequence[Segment]


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The parts that differ, in the order of the later version; what was removed comes last.

    Both are a submission's `data`, or a draft's content with the names under `persons`.
    """
    old, new = told_parts(before), told_parts(after)
    places = [*new, *(place for place in old if place not in new)]
    found = []
    for place in places:
        was, now = old.get(place), new.get(place)
        texts = (was.text if was else "", now.text if now else "")
        if texts[0] != texts[1]:
            found.append(Difference((now or was).label, *texts, word_diff(*texts)))
    return found
