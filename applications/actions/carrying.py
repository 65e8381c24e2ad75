"""Taking what hangs on one application along to another: rows of tables and Global Goals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Max

from applications.models import Application, ApplicationGoal, Row
from applications.models.tables import MODELS
from applications.row_columns import COLUMNS
from applications.states import QuestionKind


@dataclass
class Carrying:
    """From which application to which, and how.

    `anew`: the rows become rows of their own, marked as copied, without days outside the new
    period; otherwise they go on as the same rows, by the same keys. `parties` has what each party
    of the source is in the target; a row about one that does not take part is about nobody.
    `rooms`: how many rows of a kind there is still room for.
    """

    source: Application
    target: Application
    at: datetime
    by: Any = None
    anew: bool = False
    rooms: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        there = {row.organisation_id: row.party_id for row in self.target.parties.all()}
        self.parties = {
            row.party_id: there.get(row.organisation_id) for row in self.source.parties.all()
        }
        self.objectives: dict[int, int] = {}

    def rows(self, kinds: Iterable[str]) -> int:
        """Carry the rows of these tables; gives how many. Objectives come before what belongs to
        them."""
        ordered = sorted(kinds, key=lambda kind: kind != QuestionKind.OBJECTIVES)
        return sum(self._rows_of(kind) for kind in ordered)

    def goals(self) -> int:
        rows = ApplicationGoal.objects.filter(application=self.source)
        goals = [ApplicationGoal(goal_id=row.goal_id, main=row.main) for row in rows]
        for goal in goals:
            goal.application = self.target
        ApplicationGoal.objects.bulk_create(goals)
        return len(goals)

    def _rows_of(self, kind: str) -> int:
        model = MODELS[kind]
        there = model.objects.filter(application=self.target)
        last = there.aggregate(last=Max("order"))["last"]
        found = list(model.objects.filter(application=self.source))[: self.rooms.get(kind)]
        first = 0 if last is None else last + 1
        copies = [self._copy(kind, row, first + n) for n, row in enumerate(found)]
        made = model.objects.bulk_create(copies)
        if kind == QuestionKind.OBJECTIVES:
            self.objectives = {old.pk: new.pk for old, new in zip(found, made, strict=True)}
        return len(made)

    def _copy(self, kind: str, row: Row, order: int) -> Row:
        values = {name: getattr(row, name) for name in COLUMNS[kind].columns}
        if party := COLUMNS[kind].party:
            values[party] = self.parties.get(values[party])
        if "objective_id" in values:
            values["objective_id"] = self.objectives.get(values["objective_id"])
        if self.anew:
            values |= {name: self._within(values[name]) for name in COLUMNS[kind].days}
        return MODELS[kind](
            application=self.target,
            key=uuid4() if self.anew else row.key,
            order=order,
            by_id=self.by.pk if self.anew else row.by_id,
            at=self.at,
            copied_from_id=self.source.pk if self.anew else row.copied_from_id,
            **values,
        )

    def _within(self, day):
        """The day, if it lies in the target's period."""
        first, last = self.target.starts_on, self.target.ends_on
        return day if day and first and last and first <= day <= last else None
