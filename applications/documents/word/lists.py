"""The marks of lists, which Word keeps apart from the text: "– " before a point, "2. " before a
numbered one. Without them a list that is read in would be a row of loose lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from applications.documents.word.xml import attribute, child, children

POINT = "\N{EN DASH} "
INDENT = "    "
DEEPEST = 8

Place = tuple[str, int]
"""A list by its id, and a level in it."""


@dataclass
class ListMarks:
    """Counts while the paragraphs are read in order. `formats`: how each level is numbered."""

    formats: Mapping[Place, str]
    by_style: Mapping[str, Place]
    counts: dict[Place, int] = field(default_factory=dict)

    def mark_of(self, paragraph: Element) -> str:
        place = self._place(child(paragraph, "pPr"))
        if place is None:
            return ""
        kind = self.formats.get(place, "none")
        if kind == "none":
            return ""
        indent = INDENT * place[1]
        if kind == "bullet":
            return f"{indent}{POINT}"
        self._count(place)
        return f"{indent}{self.counts[place]}. "

    def _count(self, place: Place) -> None:
        number, level = place
        self.counts[place] = self.counts.get(place, 0) + 1
        for deeper in range(level + 1, DEEPEST + 1):
            self.counts.pop((number, deeper), None)

    def _place(self, properties: Element | None) -> Place | None:
        own = _numbered(child(properties, "numPr"))
        if own:
            return own if own[0] != "0" else None
        return self.by_style.get(attribute(child(properties, "pStyle"), "val"))


def list_marks(numbering: Element | None, styles: Element | None) -> ListMarks:
    """From the parts that describe lists and styles; either may be absent."""
    described = {
        attribute(each, "abstractNumId"): {
            _level(level): attribute(child(level, "numFmt"), "val")
            for level in children(each, "lvl")
        }
        for each in children(numbering, "abstractNum")
    }
    formats = {
        (attribute(number, "numId"), level): kind
        for number in children(numbering, "num")
        for level, kind in described.get(
            attribute(child(number, "abstractNumId"), "val"), {}
        ).items()
    }
    by_style = {
        attribute(style, "styleId"): place
        for style in children(styles, "style")
        if (place := _numbered(child(child(style, "pPr"), "numPr")))
    }
    return ListMarks(formats, by_style)


def _numbered(properties: Element | None) -> Place | None:
    number = attribute(child(properties, "numId"), "val")
    return (number, _level(child(properties, "ilvl"), "val")) if number else None


def _level(element: Element | None, name: str = "ilvl") -> int:
    text = attribute(element, name)
    return min(int(text), DEEPEST) if text.isascii() and text.isdigit() and len(text) < 4 else 0
