"""Word files with headings, framed boxes to write in and tables with rows to fill."""

from collections.abc import Sequence

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from accounts.states import Language
from applications.texts.typed import clean

THUMBNAIL = RELATIONSHIP_TYPE.THUMBNAIL
FONT, HEADING_FONT = "Calibri", "Cambria"
PETROL, GREY, WASH = RGBColor(0x0B, 0x4F, 0x6C), RGBColor(0x5F, 0x5F, 0x5F), "E7EFF2"
LOCALES = {Language.SWEDISH: "sv-SE", Language.ENGLISH: "en-GB"}
LINE_CM, MARGIN_CM = 0.5, 2
A4_CM = (21, 29.7)
NUMBER_CM = 1.2
WRITTEN = {language: f"Answer{language}" for language in Language.values}
"""The styles of what is written, by its language."""


class WordFile:
    """A file that is written from top to bottom. `language`: of what we write ourselves."""

    def __init__(self, *, title: str, language: str) -> None:
        self.language = language
        self.document = Document()
        self._without_thumbnail()
        self._properties(title)
        self._styles()
        self._paper(self.document.sections[0], on_its_side=False)

    def save(self, target) -> None:
        self.document.save(target)

    def new_page(self, *, on_its_side: bool) -> None:
        self._paper(self.document.add_section(WD_SECTION.NEW_PAGE), on_its_side=on_its_side)

    # --- running text -------------------------------------------------------------------------

    def heading(self, text: str, *, level: int) -> None:
        self._paragraph(text, f"Heading{level}" if level else "Title")

    def paragraph(
        self, text: str, *, soft: bool = False, before: bool = False, small_print: str = ""
    ) -> None:
        """`before`: not to be parted from what follows."""
        paragraph = self._paragraph(text, "Soft" if soft else "")
        paragraph.paragraph_format.keep_with_next = soft or before
        if small_print:
            _small(paragraph, f" {small_print}")

    def prose(self, text: str) -> None:
        """A text whose lines are paragraphs."""
        for line in clean(text).splitlines():
            if line.strip():
                self.paragraph(line.strip(), before=True)

    def bullet(self, text: str) -> None:
        paragraph = self._paragraph(text.strip(), "ListBullet")
        paragraph.paragraph_format.space_after = Pt(3)

    # --- what is filled in --------------------------------------------------------------------

    def box(self, *, label: str, mark: str, text: str, language: str, lines: int) -> None:
        """One framed area to write in, under a row that says what for."""
        table = self._table(rows=2, columns=1, label=label, mark=mark)
        _header(table.rows[0])
        self._head(table.rows[0].cells[0], label, mark=mark)
        _at_least(table.rows[1], lines)
        _write(table.rows[1].cells[0], text, WRITTEN[language])
        self._gap()

    def rows(
        self,
        *,
        label: str,
        mark: str,
        columns: Sequence[tuple[str, str]],
        rows: Sequence[tuple[str, Sequence[str]]],
    ) -> None:
        """A table with a header that is repeated on every page. `columns`: heading and hint;
        `rows`: a hidden mark and the cells."""
        table = self._table(rows=1 + len(rows), columns=1 + len(columns), label=label, mark=mark)
        _widths(table, len(columns), on_its_side=self.on_its_side)
        grid = list(table.rows)
        _header(grid[0])
        heads = grid[0].cells
        self._head(heads[0], "", mark=mark)
        for cell, (heading, hint) in zip(heads[1:], columns, strict=True):
            self._head(cell, heading, hint=hint)
        for number, (row, (hidden, cells)) in enumerate(zip(grid[1:], rows, strict=True), start=1):
            _at_least(row, 2)
            places = row.cells
            _number(places[0], number, hidden)
            for cell, text in zip(places[1:], cells, strict=True):
                _write(cell, text, WRITTEN[self.language])
        self._gap()

    # --- how it is made -----------------------------------------------------------------------

    def _table(self, *, rows: int, columns: int, label: str, mark: str) -> Table:
        table = self.document.add_table(rows, columns)
        table._tbl.tblStyle_val = "TableGrid"
        properties = table._tbl.tblPr
        _with_value(properties, "w:tblCaption", clean(label))
        _with_value(properties, "w:tblDescription", mark)
        return table

    def _head(self, cell: _Cell, label: str, *, hint: str = "", mark: str = "") -> None:
        _shade(cell)
        paragraph = _styled(cell.paragraphs[0], "Head")
        if label:
            paragraph.add_run(clean(label)).bold = True
        if mark:
            _small(paragraph, f" {mark}" if label else mark)
        if hint:
            _styled(cell.add_paragraph(clean(hint)), "Hint")

    def _gap(self) -> None:
        """Two tables without a paragraph between them would become one."""
        self._paragraph("", "Gap")

    def _paragraph(self, text: str, style: str) -> Paragraph:
        return _styled(self.document.add_paragraph(clean(text)), style)

    def _paper(self, section: Section, *, on_its_side: bool) -> None:
        self.on_its_side = on_its_side
        width, height = reversed(A4_CM) if on_its_side else A4_CM
        section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(width), Cm(height)
        section.left_margin = section.right_margin = Cm(MARGIN_CM)
        section.top_margin = section.bottom_margin = Cm(MARGIN_CM)

    def _without_thumbnail(self) -> None:
        """python-docx's own template carries a picture of an empty page."""
        links = self.document.part.package.rels
        for key in [key for key, link in links.items() if link.reltype == THUMBNAIL]:
            del links[key]

    def _properties(self, title: str) -> None:
        about = self.document.core_properties
        about.title, about.language = clean(title), LOCALES[self.language]
        about.author, about.comments = "ICLD", ""

    def _styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        _speak(defaults, self.language)
        _face(styles["Normal"], FONT, Pt(11))
        for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 12.5)):
            _face(styles[name], HEADING_FONT, Pt(size), PETROL)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        self._style("Soft", size=Pt(10), colour=GREY)
        self._style("Head", size=Pt(9.5), after=Pt(0)).paragraph_format.keep_with_next = True
        self._style("Hint", size=Pt(8), colour=GREY, after=Pt(0))
        self._style("Gap", size=Pt(4), after=Pt(4))
        for language, name in WRITTEN.items():
            style = self._style(name, after=Pt(0))
            _speak(style.element.get_or_add_rPr(), language)
        small = styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER)
        small.font.size, small.font.color.rgb = Pt(6.5), GREY
        # No spelling marks under words that are nobody's.
        small.element.get_or_add_rPr().append(OxmlElement("w:noProof"))

    def _style(self, name: str, *, size=None, colour=None, after=None) -> ParagraphStyle:
        style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.document.styles["Normal"]
        if size:
            style.font.size = size
        if colour:
            style.font.color.rgb = colour
        if after is not None:
            style.paragraph_format.space_after = after
        return style


def _styled(paragraph: Paragraph, style: str) -> Paragraph:
    """By the style's id: python-docx would look through all of them for its name, every time."""
    if style:
        paragraph._p.style = style
    return paragraph


def _small(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text)._r.style = "Mark"


def _write(cell: _Cell, text: str, style: str) -> None:
    """A text into an empty cell, a paragraph for each line."""
    for place, line in enumerate(clean(text).split("\n")):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        _styled(paragraph, style)
        if line:
            for piece in paragraph.add_run(line)._r.iterchildren(qn("w:t")):
                piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _number(cell: _Cell, number: int, hidden: str) -> None:
    paragraph = _styled(cell.paragraphs[0], "Hint")
    paragraph.add_run(str(number))
    if hidden:
        paragraph.add_run(f" {hidden}").font.hidden = True


def _widths(table: Table, columns: int, *, on_its_side: bool) -> None:
    """A narrow first column, the others alike; told to every cell, as programs differ in which
    of the widths they believe."""
    table.autofit = False
    room = A4_CM[1 if on_its_side else 0] - 2 * MARGIN_CM - NUMBER_CM
    widths = [Cm(NUMBER_CM), *[Cm(room / columns)] * columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _header(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _at_least(row: _Row, lines: int) -> None:
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Cm(LINE_CM * lines)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", WASH)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _with_value(parent, tag: str, value: str) -> None:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    parent.append(element)


def _speak(properties, language: str) -> None:
    """Which language the words are checked in."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    _with_value(properties, "w:lang", LOCALES[language])


def _face(style: ParagraphStyle, name: str, size, colour=None) -> None:
    """A typeface in every script; the theme's own would win over it."""
    style.font.name, style.font.size = name, size
    fonts = style.element.rPr.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), name)
    if colour:
        style.font.color.rgb = colour
