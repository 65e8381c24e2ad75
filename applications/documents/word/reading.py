"""The words of a Word file, as a reader sees them: paragraphs, and tables as rows of cells.

Only the XML that holds the text is unpacked, each part up to a limit; pictures, macros and whatever
else the file carries are never opened. Changes that are tracked are read as if they were accepted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from applications.documents.word.lists import ListMarks, list_marks
from applications.documents.word.xml import attribute, child, local
from applications.files.kinds import DOCX, judge
from applications.refusals import NotAWordFile, WordFileTooLong, WordFileUnreadable
from applications.texts.typed import LONGEST, clean
from icld_portal.refusals import Refusal

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_PART = 30 * MEGABYTE
MAX_TAGS = 600_000
"""A form of 40 rows with every box full has about 30 000; reading this many takes a second."""

MAX_COLUMNS = 60

_UNSEEN = frozenset(
    {
        *("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"),
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "annotation"),
    }
)
"""What is no text, was deleted, or says once more what has been said."""

_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"}
_SIGNS = {"noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": "\N{SOFT HYPHEN}"}


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """`description`: the alternative text that a program may have kept."""

    rows: Sequence[Sequence[str]]
    description: str = ""


Block = Paragraph | Table


def read_word(file: BinaryIO, name: str) -> list[Block]:
    """Raises a refusal, whatever the bytes are. `name` is only for its words."""
    kind = judge(file, name)
    if kind is not DOCX:
        raise NotAWordFile(name=name, kind=kind.label)
    try:
        return _read(file, name)
    except Refusal:
        raise
    except Exception as error:  # broken files end in any error of zipfile or the parser
        raise WordFileUnreadable(name=name) from error


def _read(file: BinaryIO, name: str) -> list[Block]:
    with ZipFile(file) as packed:
        place = _main_part(packed, name)
        folder = place.rpartition("/")[0]
        root = _tree(packed, place, name)
        lists = list_marks(
            _tree(packed, f"{folder}/numbering.xml", name),
            _tree(packed, f"{folder}/styles.xml", name),
        )
    return list(_blocks(child(root, "body"), lists))


def _main_part(packed: ZipFile, name: str) -> str:
    """Where the text lies: mostly word/document.xml, but the list of contents decides."""
    for part in _tree(packed, "[Content_Types].xml", name):
        if attribute(part, "ContentType").endswith("wordprocessingml.document.main+xml"):
            return attribute(part, "PartName").lstrip("/")
    raise WordFileUnreadable(name=name)


def _tree(packed: ZipFile, part: str, name: str) -> Element | None:
    """One part; None where there is none. A size that is told too small is no way around."""
    if part not in packed.namelist():
        return None
    with packed.open(part) as opened:
        data = opened.read(MAX_PART + 1)
    if len(data) > MAX_PART or data.count(b"<") > MAX_TAGS:
        raise WordFileTooLong(name=name, limit=LONGEST)
    return fromstring(data, forbid_dtd=True)


# --- blocks ---------------------------------------------------------------------------------------


def _blocks(parent: Element, lists: ListMarks) -> Iterable[Block]:
    """Paragraphs and tables in order, also those inside controls and the like."""
    begun: list[str] = []
    for element in parent:
        tag = local(element)
        if tag == "p":
            begun += [lists.mark_of(element), _text(element, lists)]
            if not _mark_is_deleted(element):
                yield Paragraph(clean("".join(begun)))
                begun = []
        elif tag == "tbl":
            yield _table(element, lists)
        elif tag not in _UNSEEN:
            yield from _blocks(element, lists)
    if begun:
        yield Paragraph(clean("".join(begun)))


def _mark_is_deleted(paragraph: Element) -> bool:
    """The end of this paragraph was deleted: it goes on in the next one."""
    properties = child(child(paragraph, "pPr"), "rPr")
    return child(properties, "del") is not None


def _table(table: Element, lists: ListMarks) -> Table:
    described = child(child(table, "tblPr"), "tblDescription")
    rows = [_row(row, lists) for row in _inside(table, "tr") if not _is_deleted(row)]
    return Table(rows, attribute(described, "val"))


def _row(row: Element, lists: ListMarks) -> list[str]:
    cells: list[str] = []
    for cell in _inside(row, "tc"):
        cells.append(_cell(cell, lists))
        cells += [""] * (_span(cell) - 1)
    return cells[:MAX_COLUMNS]


def _cell(cell: Element, lists: ListMarks) -> str:
    return "\n".join(_flat(block) for block in _blocks(cell, lists))


def _flat(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join("\t".join(row) for row in block.rows)


def _span(cell: Element) -> int:
    told = attribute(child(child(cell, "tcPr"), "gridSpan"), "val")
    return min(int(told), MAX_COLUMNS) if told.isascii() and told.isdigit() and told != "0" else 1


def _is_deleted(row: Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _inside(parent: Element, tag: str) -> Iterable[Element]:
    """The rows of a table or the cells of a row, also those inside controls and the like."""
    for element in parent:
        if local(element) == tag:
            yield element
        elif local(element) not in _UNSEEN | {"tbl", "p"}:
            yield from _inside(element, tag)


# --- text -----------------------------------------------------------------------------------------


def _text(element: Element, lists: ListMarks) -> str:
    return "".join(_piece(each, lists) for each in element)


def _piece(element: Element, lists: ListMarks) -> str:
    tag = local(element)
    if tag in _UNSEEN:
        return ""
    if tag == "t":
        return _written(element)
    if tag == "txbxContent":
        return "\n" + "\n".join(_flat(block) for block in _blocks(element, lists))
    return _BREAKS.get(tag) or _SIGNS.get(tag) or _text(element, lists)


def _written(element: Element) -> str:
    """Spaces at the ends count only where the file says so; line ends are spaces always."""
    text = (element.text or "").replace("\n", " ")
    return text if attribute(element, "space") == "preserve" else text.strip(" ")
