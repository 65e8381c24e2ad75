"""A form as a Word file to fill in without a network, and to read in again.

Everything that is to be filled in stands in a table with a frame: a text in a box of its own for
each language, the rows of a table as rows. `applications.offline_marks` says which is which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.states import Language
from applications.criteria import criteria
from applications.documents.form_told import FormRows, ToldForm, ToldSection, told
from applications.documents.questions_told import ToldQuestion
from applications.documents.table_columns import Column
from applications.documents.word.file import WordFile
from applications.models import Round
from applications.offline_marks import ANSWER, FORM, NOTE, ROW, TABLE, mark
from applications.states import LimitUnit
from icld_portal.formats import deadline

MANY_COLUMNS = 5
"""More than this many columns need a page on its side."""

EMPTY_ROWS = 5
CHARACTERS_A_LINE, WORDS_A_LINE = 90, 14
FEWEST_LINES, MOST_LINES = 3, 8
NOTED = frozenset(
    {"title", "period", "references", "chain", "parties", "areas", "core_areas", "goals"}
)
"""Kinds with a page of their own that one may note an answer to in the file, to enter by hand."""


class Writer(Protocol):
    """What a form is written to. `language`: of the questions."""

    language: str

    def heading(self, text: str, *, level: int) -> None: ...
    def paragraph(
        self, text: str, *, soft: bool = False, before: bool = False, small_print: str = ""
    ) -> None: ...
    def prose(self, text: str) -> None: ...
    def bullet(self, text: str) -> None: ...
    def new_page(self, *, on_its_side: bool) -> None: ...
    def box(self, *, label: str, mark: str, text: str, language: str, lines: int) -> None: ...
    def rows(
        self,
        *,
        label: str,
        mark: str,
        columns: Sequence[tuple[str, str]],
        rows: Sequence[tuple[str, Sequence[str]]],
    ) -> None: ...


@dataclass(frozen=True)
class WrittenRow:
    """A saved row: the beginning of its key, its version, its cells by the name of their column."""

    key: str
    version: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """What an application says already. `texts`: text and version by question and language."""

    application: str = ""
    title: str = ""
    parties: Sequence[str] = ()
    texts: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[WrittenRow]] = field(default_factory=dict)


def offline_form(
    rows: FormRows, *, language: str, round_: Round | None, written: Written | None = None
) -> bytes:
    """The bytes of the file. `language`: of the questions, not of the answers."""
    with translation.override(language):
        form = told(rows)
        word = WordFile(title=_title(form), language=language)
        write_form(word, form, round_=round_, written=written or Written())
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def write_form(word: Writer, form: ToldForm, *, round_: Round | None, written: Written) -> None:
    """All of it in the active language, to a file or to whoever else takes it down."""
    word.heading(_title(form), level=0)
    _beginning(word, form, round_, written)
    for section in form.sections:
        _section(word, section, written)
    _criteria(word)


def _title(form: ToldForm) -> str:
    return _("Application: %(phase)s") % {"phase": form.phase.label}


def _beginning(word: Writer, form: ToldForm, round_: Round | None, written: Written) -> None:
    sentences = [_("Version %(number)s of the form.") % {"number": form.number}]
    if round_:
        figures = {"round": round_.name, "deadline": deadline(round_.closes_at)}
        sentences.append(_("The round %(round)s is open %(deadline)s.") % figures)
    if written.title:
        figures = {"title": written.title}
        sentences.append(_("Filled in with what “%(title)s” says.") % figures)
    named = [form.phase.value, form.number, *filter(None, [written.application])]
    word.paragraph(" ".join(sentences), small_print=str(mark(FORM, *named)))
    word.paragraph(
        _(
            "Write in the framed boxes; they grow with the text, and rows can be added to the "
            "tables. When you are done, log in, open your application, choose “Read in a filled-in "
            "form” and this file: you see what goes where before anything is saved. Leave the "
            "small grey words in brackets as they are: by them the portal knows your answers."
        )
    )


def _section(word: Writer, section: ToldSection, written: Written) -> None:
    """A section that begins with a wide table begins on its page, heading and all."""
    turned = bool(section.questions) and _is_wide(section.questions[0])
    if turned:
        word.new_page(on_its_side=True)
    word.heading(section.label, level=1)
    if section.help:
        word.prose(section.help)
    for question in section.questions:
        if _is_wide(question) != turned:
            turned = not turned
            word.new_page(on_its_side=turned)
        _question(word, question, written)
    if turned:
        word.new_page(on_its_side=False)
    for attachment in section.attachments:
        word.bullet(f"{attachment.label} ({', '.join(attachment.rules)}). {attachment.help}")


def _is_wide(question: ToldQuestion) -> bool:
    return question.is_table and len(question.columns) > MANY_COLUMNS


def _question(word: Writer, question: ToldQuestion, written: Written) -> None:
    optional = "" if question.required else f" {_('(optional)')}"
    word.heading(f"{question.label}{optional}", level=2)
    if question.help:
        word.prose(question.help)
    if question.rules:
        word.paragraph(" ".join(question.rules), soft=True)
    if question.is_text:
        for language in Language.values:
            _answer(word, question, language, written)
    elif question.is_table:
        _table(word, question, written)
    else:
        _elsewhere(word, question)


def _answer(word: Writer, question: ToldQuestion, language: str, written: Written) -> None:
    text, version = written.texts.get((question.key, language), ("", 0))
    word.box(
        label=_("In Swedish") if language == Language.SWEDISH else _("In English"),
        mark=str(mark(ANSWER, question.key, language, version)),
        text=text,
        language=language,
        lines=_lines(question),
    )


def _lines(question: ToldQuestion) -> int:
    """A box as high as an answer that uses its limit, within reason."""
    in_words = question.limit_unit == LimitUnit.WORDS
    wanted = (question.limit or 0) // (WORDS_A_LINE if in_words else CHARACTERS_A_LINE)
    return min(max(wanted, FEWEST_LINES), MOST_LINES)


def _table(word: Writer, question: ToldQuestion, written: Written) -> None:
    saved = written.rows.get(question.key, ())
    rows = [
        (str(mark(ROW, row.key, row.version)), [row.cells[each.name] for each in question.columns])
        for row in saved
    ]
    empty = max(EMPTY_ROWS, question.min_rows or 0) - len(rows)
    most = (question.max_rows or EMPTY_ROWS) - len(rows)
    rows += [("", [""] * len(question.columns))] * max(1, min(empty, most))
    word.rows(
        label=question.label,
        mark=str(mark(TABLE, question.key)),
        columns=[(column.label, _hint(column, written)) for column in question.columns],
        rows=rows,
    )


def _hint(column: Column, written: Written) -> str:
    """The parties by their names, where they are known."""
    if column.name in {"party_id", "host_id"} and written.parties:
        return ", ".join(written.parties)
    return column.hint


def _elsewhere(word: Writer, question: ToldQuestion) -> None:
    """What has a page of its own in the portal: told, with room to note it where that helps."""
    for column in question.columns:
        word.bullet(f"{column.label} ({column.hint})" if column.hint else column.label)
    for choice in question.choices:
        word.bullet(f"{choice.label}: {choice.help}" if choice.help else choice.label)
    if question.kind in NOTED:
        word.box(
            label=_("Your notes: entered by hand in the portal"),
            mark=str(mark(NOTE, question.key)),
            text="",
            language=word.language,
            lines=len(question.columns) or 1,
        )
    else:
        word.paragraph(_("You do this in the portal."), soft=True)


def _criteria(word: Writer) -> None:
    word.heading(_("What is assessed"), level=1)
    for each in criteria():
        word.bullet(f"{each.label}: {each.question}")
    word.paragraph(
        _("The wording of the criteria is a proposal that ICLD has still to confirm."), soft=True
    )
