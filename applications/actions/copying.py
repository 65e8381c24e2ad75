"""Copying from an application of one's own into another, marked as copied until it is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from applications.actions.answering import save_answer
from applications.actions.carrying import Carrying
from applications.actions.editing import save_areas
from applications.actions.recording import record
from applications.actions.writing import count_change, ensure_allowed, ensure_writable, locked
from applications.documents.copyable import Item, Plan, plan
from applications.models import Answer, Application, ApplicationGoal
from applications.refusals import NotAllowed, StaleAnswer
from applications.rules import CHANGE
from funding.actions import copy_lines


@dataclass
class Copied:
    """How much was copied, and how many of the chosen things were not: somebody had written there
    meanwhile, or there was no room."""

    texts: int = 0
    rows: int = 0
    others: int = 0
    skipped: int = 0


@transaction.atomic
def copy_from(
    application: Application, source: Application, values: Iterable[str], *, by, at: datetime
) -> Copied:
    """Copy the chosen items (`documents.copyable.Item.value`) of an application that the person
    may read as one of its parties.

    A text replaces what stood there as a new version, so nothing is lost; rows are added after
    those that stand. What has changed since it was chosen is left alone. Raises `NotAllowed`,
    `NotWritable` and `RoundClosed`.
    """
    wanted = list(values)
    list(application.answers.select_for_update())  # first, as autosaves do: else both may wait
    (row,) = locked([application.pk])
    ensure_allowed(row, CHANGE, by)
    ensure_writable(row, at)
    if not Application.objects.may_be_copied_to(row, by).filter(pk=source.pk).exists():
        raise NotAllowed(action="copy")
    pages = Application.objects.select_related("round", "main_area", "budget").with_parties()
    plans = plan(pages.get(pk=source.pk), pages.get(pk=row.pk))
    chosen = plans.chosen(wanted)
    copied = Copied(skipped=len(set(wanted)) - len(chosen))
    _Copier(plans, by, at, copied).copy(chosen)
    if copied.texts or copied.rows or copied.others:
        count_change(row)
        record(row, "copied", at=at, by=by, dnr=source.dnr or "", phase=source.phase)
    return copied


class _Copier:
    def __init__(self, plans: Plan, by, at: datetime, copied: Copied) -> None:
        self.source, self.target, self.plan = plans.source, plans.target, plans
        self.by, self.at, self.copied = by, at, copied

    def copy(self, items: list[Item]) -> None:
        self._texts([item for item in items if item.kind == "text"])
        self._tables([item for item in items if item.kind == "table"])
        others = {
            "titles": self._titles,
            "areas": self._areas,
            "goals": self._goals,
            "budget": self._budget,
        }
        for item in items:
            if item.kind in others:
                others[item.kind]()

    def _texts(self, items: list[Item]) -> None:
        written = Answer.objects.filter(application=self.source)
        texts = {(row.question_key, row.language): row.text for row in written}
        for item in items:
            try:
                answer = save_answer(
                    self.target,
                    question_key=item.key,
                    language=item.language,
                    text=texts[item.key, item.language],
                    version=item.version,
                    by=self.by,
                    at=self.at,
                    apart=True,
                )
            except StaleAnswer:
                self.copied.skipped += 1
                continue
            Answer.objects.filter(pk=answer.pk).update(copied_from=self.source)
            self.copied.texts += 1

    def _tables(self, items: list[Item]) -> None:
        carrying = self._carrying({item.key: item.room for item in items})
        self.copied.rows += carrying.rows([item.key for item in items])

    def _carrying(self, rooms: Mapping[str, int]) -> Carrying:
        return Carrying(self.source, self.target, self.at, by=self.by, anew=True, rooms=rooms)

    def _titles(self) -> None:
        titles = {name: getattr(self.source, name) for name in ("title_sv", "title_en")}
        given = {name: text for name, text in titles.items() if text.strip()}
        Application.objects.filter(pk=self.target.pk).update(**given)
        self.copied.others += 1

    def _areas(self) -> None:
        save_areas(
            self.target,
            main_area=self.source.main_area,
            areas=list(self.source.areas.all()),
            reasons={row.core_area: row.reason for row in self.source.core_areas.all()},
            by=self.by,
            at=self.at,
        )
        self.copied.others += 1

    def _goals(self) -> None:
        ApplicationGoal.objects.filter(application=self.target).delete()
        self._carrying({}).goals()
        self.copied.others += 1

    def _budget(self) -> None:
        carrying = self._carrying({})
        lines = copy_lines(self.source.budget, self.target.budget, carrying.parties)
        self.copied.rows += lines
