"""What can be copied from one application to another, and what goes where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, prefetch_related_objects
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from applications.documents.related_rows import Rows, related
from applications.models import Answer, Application, ApplicationCoreArea, Question
from applications.row_columns import most_rows
from applications.states import TABLE_KINDS, QuestionKind
from applications.texts.counting import count
from funding.models import BudgetLine

LEFT_OUT = frozenset({QuestionKind.ANCHORING})
"""Tables that are never copied: decisions are taken anew for each application."""

EXCERPT = 140
"""Characters of a text that are shown before it is copied."""


@dataclass(frozen=True)
class Item:
    """One thing that can be copied. `value` names it with the version of what stands in its place,
    so that nothing is replaced that has changed since the page was shown."""

    value: str
    kind: str
    section: str
    label: Any
    excerpt: str
    language: str = ""
    rows: int = 0
    room: int = 0
    stands: bool = False
    too_long: int = 0
    key: str = ""
    version: int = 0


@dataclass(frozen=True)
class Plan:
    """`items` in the order of the target's form; `not_asked`: what the target's form has no
    question for."""

    source: Application
    target: Application
    items: Sequence[Item]
    not_asked: Sequence[Any]

    def chosen(self, values: Iterable[str]) -> list[Item]:
        wanted = set(values)
        return [item for item in self.items if item.value in wanted]


@dataclass(frozen=True)
class _Side:
    """One of the two applications with its questions, rows and budget lines."""

    application: Application
    questions: Sequence[Question]
    rows: Rows
    lines: int

    @property
    def texts(self) -> Mapping[tuple[str, str], Answer]:
        return {(row.question_key, row.language): row for row in self.application.answers.all()}


def plan(source: Application, target: Application) -> Plan:
    """In six queries; of the target, its parties are read with it."""
    given, taking = _read(source, target)
    return Plan(source, target, list(_items(given, taking)), list(_not_asked(given, taking)))


def _read(source: Application, target: Application) -> tuple[_Side, _Side]:
    both = [source, target]
    core_areas = Prefetch(
        "core_areas", queryset=ApplicationCoreArea.objects.select_related("core_area")
    )
    prefetch_related_objects(both, "answers", "areas", core_areas)
    rows = related(both)
    questions = Question.objects.select_related("section").annotate(
        in_round=F("form_version__roundphase__round"),
        for_phase=F("form_version__roundphase__phase"),
    )
    found = list(questions.filter(in_round__in={row.round_id for row in both}))
    budgets = BudgetLine.objects.filter(budget__in=[row.budget_id for row in both])
    lines = list(budgets.values_list("budget_id", flat=True))
    given, taking = (
        _Side(
            row,
            [q for q in found if (q.in_round, q.for_phase) == (row.round_id, row.phase)],
            rows[row.pk],
            lines.count(row.budget_id),
        )
        for row in both
    )
    return given, taking


def _items(given: _Side, taking: _Side) -> Iterable[Item]:
    for question in taking.questions:
        if question.is_text:
            yield from _texts(question, given, taking)
        elif question.kind in TABLE_KINDS:
            yield from _table(question, given, taking)
        elif question.kind in OTHERS:
            yield from OTHERS[question.kind](question, given, taking)


def _texts(question: Question, given: _Side, taking: _Side) -> Iterable[Item]:
    for language in ("sv", "en"):
        said = given.texts.get((question.key, language))
        if said is None or not said.text.strip():
            continue
        stands = taking.texts.get((question.key, language))
        if stands and stands.text == said.text:
            continue
        version = stands.version if stands else 0
        length = count(said.text, question.limit_unit)
        yield Item(
            value=f"text:{question.key}:{language}:{version}",
            kind=QuestionKind.TEXT,
            section=question.section.label,
            label=question.label,
            excerpt=Truncator(said.text.strip()).chars(EXCERPT),
            language=language,
            stands=bool(stands and stands.text.strip()),
            too_long=length - question.limit if length > question.limit else 0,
            key=question.key,
            version=version,
        )


def _table(question: Question, given: _Side, taking: _Side) -> Iterable[Item]:
    rows, there = given.rows[question.kind], taking.rows[question.kind]
    if not rows or question.kind in LEFT_OUT:
        return
    parties = len(taking.application.parties.all())
    limit = most_rows(question.kind, question.max_rows, parties)
    yield Item(
        value=f"table:{question.kind}:{len(there)}",
        kind="table",
        section=question.section.label,
        label=question.label,
        excerpt="",
        rows=len(rows),
        room=max(0, min(len(rows), limit - len(there))),
        stands=bool(there),
        key=question.kind,
    )


def _titles(question: Question, given: _Side, taking: _Side) -> Iterable[Item]:
    source, target = given.application, taking.application
    titles = [text for text in (source.title_sv, source.title_en) if text.strip()]
    same = (source.title_sv, source.title_en) == (target.title_sv, target.title_en)
    if titles and not same:
        stands = bool(target.title_sv or target.title_en)
        yield _one("titles", question, " / ".join(titles), stands=stands)


def _areas(question: Question, given: _Side, taking: _Side) -> Iterable[Item]:
    source, target = given.application, taking.application
    core = source.core_areas.all()
    labels = [*map(str, source.areas.all()), *(str(row.core_area) for row in core)]
    if labels:
        stands = bool(target.main_area_id or target.core_areas.all())
        yield _one("areas", question, ", ".join(labels), stands=stands)


def _goals(question: Question, given: _Side, taking: _Side) -> Iterable[Item]:
    numbers = [str(row["number"]) for row in given.rows["goals"]]
    if numbers:
        yield _one("goals", question, ", ".join(numbers), stands=bool(taking.rows["goals"]))


def _budget(question: Question, given: _Side, taking: _Side) -> Iterable[Item]:
    """Of the same phase alone, and into an empty budget: other phases pay for other things."""
    same_phase = given.application.phase == taking.application.phase
    if same_phase and given.lines and not taking.lines:
        yield Item(
            value="budget",
            kind="budget",
            section=question.section.label,
            label=question.label,
            excerpt="",
            rows=given.lines,
        )


OTHERS = {
    QuestionKind.TITLE: _titles,
    QuestionKind.AREAS: _areas,
    QuestionKind.GOALS: _goals,
    QuestionKind.BUDGET: _budget,
}


def _one(kind: str, question: Question, excerpt: str, *, stands: bool) -> Item:
    return Item(
        value=f"{kind}:{int(stands)}",
        kind=kind,
        section=question.section.label,
        label=question.label if kind != "areas" else _("Areas and core areas"),
        excerpt=Truncator(excerpt).chars(EXCERPT),
        stands=stands,
    )


def _not_asked(given: _Side, taking: _Side) -> Iterable[Any]:
    """Labels of what is written in the source and not asked for in the target."""
    texts = {question.key for question in taking.questions if question.is_text}
    kinds = {question.kind for question in taking.questions}
    for question in given.questions:
        if question.is_text:
            said = any(
                key == question.key and row.text.strip() for (key, _l), row in given.texts.items()
            )
            if said and question.key not in texts:
                yield question.label
        elif question.kind in set(TABLE_KINDS) - kinds and given.rows[question.kind]:
            yield question.label
