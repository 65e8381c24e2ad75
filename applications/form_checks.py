"""Can a form be published? Looks at its rows alone; reads no database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.states import PAGE_OF_KIND, QuestionKind, SectionPage
from funding.states import SEATED_PHASES

ALWAYS_PAGES = (
    SectionPage.BASICS,
    SectionPage.PARTIES,
    SectionPage.AREAS,
    SectionPage.BUDGET,
    SectionPage.DECLARATIONS,
)
"""Pages that every application is judged by."""

ALWAYS_KINDS = (
    QuestionKind.TITLE,
    QuestionKind.PERIOD,
    QuestionKind.PARTIES,
    QuestionKind.AREAS,
    QuestionKind.BUDGET,
    QuestionKind.DECLARATIONS,
)
"""Parts without which an application cannot be tried."""


@dataclass(frozen=True)
class Fault:
    """One thing to mend, in words with figures."""

    code: str
    message: Any
    figures: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        return str(self.message) % {name: str(value) for name, value in self.figures.items()}


def faults_of(
    phase: str, sections: Sequence[Any], questions: Sequence[Any], attachments: Sequence[Any]
) -> list[Fault]:
    """What stops a form from being published. The rows have the columns of their tables; a
    question's `section` is one of the sections."""
    return [
        *_missing_pages(phase, sections),
        *_missing_kinds(phase, questions, attachments),
        *_pages(sections, attachments),
        *_repeated(sections, questions),
        *_empty_sections(sections, questions),
        *(fault for question in questions for fault in _question_faults(question, sections)),
        *(fault for row in (*sections, *questions) for fault in _untranslated(row)),
        *(fault for row in attachments for fault in _help_in_one_language(row)),
    ]


def _missing_pages(phase: str, sections: Iterable[Any]) -> Iterable[Fault]:
    there = {section.page for section in sections}
    seats = (SectionPage.SEATS,) if phase in SEATED_PHASES else ()
    for page in (*ALWAYS_PAGES, *seats):
        if page not in there:
            message = _("The page %(page)s is missing.")
            yield Fault("page_missing", message, {"page": page.label})


def _missing_kinds(
    phase: str, questions: Iterable[Any], attachments: Sequence[Any]
) -> Iterable[Fault]:
    there = {question.kind for question in questions}
    wanted = [*ALWAYS_KINDS]
    wanted += [QuestionKind.SEATS] if phase in SEATED_PHASES else []
    wanted += [QuestionKind.ATTACHMENTS] if attachments else []
    wanted += [QuestionKind.OBJECTIVES] if QuestionKind.INDICATORS in there else []
    for kind in wanted:
        if kind not in there:
            message = _("No question is of the kind %(kind)s.")
            yield Fault("kind_missing", message, {"kind": kind.label})


def _pages(sections: Iterable[Any], attachments: Sequence[Any]) -> Iterable[Fault]:
    for section in sections:
        if not _key_fits(section):
            message = _("The section %(section)s: only the page of that name has its key.")
            yield Fault("key_is_not_page", message, {"section": section.key})
        if section.page == SectionPage.ATTACHMENTS and not attachments:
            yield Fault("no_attachments", _("No kind of attachment is asked for on its page."))


def _key_fits(section: Any) -> bool:
    """Code finds a page of its own by its key, which is the page's name; others take other keys."""
    if section.page == SectionPage.CONTENT:
        return section.key == section.page or section.key not in SectionPage.values
    return section.key == section.page


def _repeated(sections: Iterable[Any], questions: Iterable[Any]) -> Iterable[Fault]:
    keys = Counter(question.key for question in questions)
    keys_of_sections = Counter(section.key for section in sections)
    kinds = Counter(question.kind for question in questions)
    for key, times in (*keys.items(), *keys_of_sections.items()):
        if times > 1:
            yield Fault("key_twice", _("The key %(key)s occurs more than once."), {"key": key})
    for kind, times in kinds.items():
        if kind != QuestionKind.TEXT and times > 1:
            message = _("More than one question is of the kind %(kind)s.")
            yield Fault("kind_twice", message, {"kind": QuestionKind(kind).label})


def _empty_sections(sections: Iterable[Any], questions: Iterable[Any]) -> Iterable[Fault]:
    asked = {question.section.key for question in questions}
    for section in sections:
        if section.key not in asked:
            message = _("The section %(section)s asks nothing.")
            yield Fault("section_empty", message, {"section": section.key})


def _question_faults(question: Any, sections: Sequence[Any]) -> Iterable[Fault]:
    figures = {"question": question.key}
    if question.section not in sections:
        message = _("The question %(question)s stands in a section of another form.")
        yield Fault("section_of_another_form", message, figures)
    page = PAGE_OF_KIND[question.kind]
    if question.section.page != page:
        message = _("The question %(question)s can only stand on the page %(page)s.")
        yield Fault("wrong_page", message, figures | {"page": page.label})
    if question.kind == QuestionKind.TEXT and not question.limit:
        yield Fault("no_limit", _("The question %(question)s needs a limit."), figures)
    if question.max_rows is not None and question.max_rows < (question.min_rows or 0):
        message = _("The question %(question)s asks for more rows than it allows.")
        yield Fault("rows_out_of_order", message, figures)


def _untranslated(row: Any) -> Iterable[Fault]:
    figures = {"place": row.key}
    if not row.label_sv.strip():
        yield Fault("label_missing", _("%(place)s has no label in Swedish."), figures)
    if not row.label_en.strip():
        yield Fault("label_missing", _("%(place)s has no label in English."), figures)
    yield from _help_in_one_language(row)


def _help_in_one_language(row: Any) -> Iterable[Fault]:
    figures = {"place": getattr(row, "key", row)}
    if row.help_en.strip() and not row.help_sv.strip():
        yield Fault("help_missing", _("%(place)s has a help text in English only."), figures)
    if row.help_sv.strip() and not row.help_en.strip():
        yield Fault("help_missing", _("%(place)s has a help text in Swedish only."), figures)
