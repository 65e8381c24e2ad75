"""One question of a form in words: its limits, and what is asked for in each column of its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.documents.choices_told import Choice
from applications.documents.table_columns import Column, columns_of
from applications.models import Question
from applications.row_columns import PER_PARTY
from applications.states import PAGE_OF_KIND, TABLE_KINDS, AskedIn, LimitUnit, QuestionKind
from funding.states import Phase
from icld_portal.formats import number

UNASKED = frozenset(
    {QuestionKind.CHAIN, QuestionKind.GOALS, QuestionKind.ATTACHMENTS, QuestionKind.SIGNATORIES}
)
"""Kinds that are asked only by forms that say so."""


@dataclass(frozen=True)
class ToldQuestion:
    """`rules`: what an answer keeps to, a sentence each. `columns`: what a row, or the page, asks
    for. `choices`: what one chooses from."""

    key: str
    kind: str
    label: str
    help: str
    required: bool
    languages: str
    limit: int | None
    limit_unit: str
    min_rows: int | None
    max_rows: int | None
    rules: Sequence[str]
    columns: Sequence[Column]
    choices: Sequence[Choice]

    @property
    def is_text(self) -> bool:
        return self.kind == QuestionKind.TEXT

    @property
    def is_table(self) -> bool:
        return self.kind in TABLE_KINDS


def question_told(question: Question, choices: Sequence[Choice]) -> ToldQuestion:
    return ToldQuestion(
        key=question.key,
        kind=question.kind,
        label=question.label or str(QuestionKind(question.kind).label),
        help=question.help,
        required=question.required,
        languages=question.languages,
        limit=question.limit,
        limit_unit=question.limit_unit,
        min_rows=question.min_rows,
        max_rows=question.max_rows,
        rules=list(_rules(question)),
        columns=columns_of(question.kind),
        choices=choices,
    )


def standing_kinds(page: str, phase: str) -> list[QuestionKind]:
    """What a page asks in a form that has no questions of its own for it."""
    kinds = [kind for kind, place in PAGE_OF_KIND.items() if place == page]
    if kinds[0] == QuestionKind.TEXT:
        return []
    if phase == Phase.DISSEMINATION:
        kinds = [kind for kind in kinds if kind != QuestionKind.CORE_AREAS]
    return [kind for kind in kinds if kind not in UNASKED]


def _rules(question: Question) -> Iterable[str]:
    if question.kind == QuestionKind.TEXT:
        yield languages_told(question.languages)
        yield limit_told(question.limit, question.limit_unit)
    elif question.kind == QuestionKind.SEATS:
        yield _("One member in each seat, for every party that is a municipality or region:")
    elif question.kind in TABLE_KINDS:
        yield from _rows_told(question)


def languages_told(languages: str) -> str:
    if languages == AskedIn.BOTH:
        return _("Answer in both Swedish and English.")
    return _("Swedish or English: one of them is enough.")


def limit_told(limit: int, unit: str) -> str:
    if unit == LimitUnit.WORDS:
        return _("At most %(limit)s words in each language.") % {"limit": number(limit)}
    return _("At most %(limit)s characters in each language.") % {"limit": number(limit)}


def _rows_told(question: Question) -> Iterable[str]:
    """How few and how many rows, and what they are counted by."""
    least, most = question.min_rows or 0, question.max_rows or 0
    figures = {"least": least, "most": most}
    if least and most:
        text = _("At least %(least)s and at most %(most)s rows") % figures
    elif least:
        text = ngettext("At least %(least)s row", "At least %(least)s rows", least) % figures
    elif most:
        text = ngettext("At most %(most)s row", "At most %(most)s rows", most) % figures
    else:
        return
    if question.kind in PER_PARTY:
        yield _("%(rows)s for each party.") % {"rows": text}
    else:
        yield f"{text}."
