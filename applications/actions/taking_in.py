"""Taking in what was written in a form on somebody's own computer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from applications.actions.answering import save_answer
from applications.actions.rows import save_row
from applications.models import Application, Objective
from applications.refusals import (
    AnswerTooLong,
    NoSuchObjective,
    NotAParty,
    StaleAnswer,
    StaleRow,
    TableNotAsked,
    TooManyRows,
)
from applications.states import QuestionKind
from icld_portal.refusals import Refusal

OF_ONE_PLACE = (
    *(StaleAnswer, AnswerTooLong),
    *(StaleRow, TooManyRows, TableNotAsked, NotAParty, NoSuchObjective),
)
"""Refusals that concern one text or row and leave the others alone."""


@dataclass(frozen=True)
class TakenText:
    """`version`: of the saved text that was shown beside it when it was chosen, 0 for none."""

    question_key: str
    language: str
    text: str
    version: int


@dataclass(frozen=True)
class TakenRow:
    """`objective`: the key of the objective that an indicator belongs to; it may be among the
    rows that are taken in together with it."""

    kind: str
    key: UUID
    version: int
    values: Mapping[str, Any]
    objective: UUID | None = None


@dataclass(frozen=True)
class NotTaken:
    place: TakenText | TakenRow
    refusal: Refusal


def take_in(
    application: Application,
    *,
    texts: Sequence[TakenText],
    rows: Sequence[TakenRow],
    by,
    at: datetime,
) -> list[NotTaken]:
    """Save the chosen texts and rows, each by its own contract; gives those that were refused.

    Not one transaction: each is locked and written by itself, as if it had been typed, so that no
    co-editor waits for the whole file and nothing is lost because of something else. A text that
    replaces another stays apart in the history. Twice is once. Raises `NotWritable` and
    `RoundClosed`; what was saved before that stays.
    """
    refused: list[NotTaken] = []
    for text in texts:
        _try(refused, text, lambda text=text: _save_text(application, text, by, at))
    # Looked at afresh, so that objectives which are saved here count.
    application = Application.objects.select_related("round").with_parties().get(pk=application.pk)
    for row in _objectives_first(rows):
        _try(refused, row, lambda row=row: _save_row(application, row, by, at))
    return refused


def _try(refused: list[NotTaken], place: TakenText | TakenRow, save) -> None:
    try:
        save()
    except OF_ONE_PLACE as refusal:
        refused.append(NotTaken(place, refusal))


def _save_text(application: Application, taken: TakenText, by, at: datetime) -> None:
    save_answer(
        application,
        question_key=taken.question_key,
        language=taken.language,
        text=taken.text,
        version=taken.version,
        by=by,
        at=at,
        apart=True,
    )


def _save_row(application: Application, taken: TakenRow, by, at: datetime) -> None:
    values = dict(taken.values)
    if taken.objective:
        found = Objective.objects.filter(application=application, key=taken.objective)
        values["objective_id"] = found.values_list("pk", flat=True).first()
    save_row(
        application,
        kind=taken.kind,
        key=taken.key,
        values=values,
        version=taken.version,
        by=by,
        at=at,
    )


def _objectives_first(rows: Sequence[TakenRow]) -> Iterable[TakenRow]:
    return sorted(rows, key=lambda row: row.kind != QuestionKind.OBJECTIVES)
