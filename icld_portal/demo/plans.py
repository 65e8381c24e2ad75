"""Tables and Global Goals of the demo's applications, through the real actions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils.text import slugify

from accounts.models import User
from applications import actions
from applications.documents.snapshot import questions_of, requested_of
from applications.models import Application, GlobalGoal, Objective
from applications.row_columns import COLUMNS
from applications.states import TABLE_KINDS, QuestionKind
from icld_portal import clock
from icld_portal.demo.names import Names
from icld_portal.demo.tables import table
from icld_portal.pdf import render_pdf
from partnerships.models import Country

UNTOLD = frozenset(["starts_on", "ends_on", "decided_on", "persons", "cost_sek"])
LETTER = (
    '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Avsiktsförklaring</title>'
    "</head><body><h1>Avsiktsförklaring</h1><p>{parties} vill samarbeta. "
    "Dokumentet är påhittat för provläget.</p></body></html>"
)


def goals_of(name: str) -> dict[GlobalGoal, bool] | None:
    """The goals of a plan, each with whether it is a main one; None without a plan."""
    plan = table("plans").get(name)
    if plan is None:
        return None
    chosen = GlobalGoal.objects.filter(number__in=plan["goals"])
    return {goal: goal.number in plan.get("main_goals", []) for goal in chosen}


def asked_of(application: Application) -> set[str]:
    """The keys of the questions that the application's form asks."""
    return {question.key for question in questions_of(application)}


def fill_tables(
    application: Application, name: str, names: Names, *, by: User, at: datetime
) -> None:
    """The rows of a plan, of the tables that the form asks for. Dates are saved before."""
    application.refresh_from_db(fields=["starts_on", "ends_on"])
    kinds = {question.kind for question in questions_of(application)}
    rows = table("plans").get(name, {}).get("tables", {})
    for kind in TABLE_KINDS:  # objectives before their indicators
        for row in rows.get(kind, []) if kind in kinds else []:
            values = _Row(application, kind, names).values(row)
            place = {"kind": kind, "key": uuid4(), "version": 0}
            actions.save_row(application, values=values, **place, by=by, at=at)


def add_files(application: Application, *, by: User, at: datetime) -> None:
    """What the form requires: minutes are promised, the letter is there."""
    for asked in filter(lambda each: each.required, requested_of(application)):
        rows = list(application.parties.select_related("party", "organisation"))
        for row in rows if asked.each_party else [None]:
            place = {"kind": asked.kind, "party": row and row.party, "by": by, "at": at}
            if asked.may_be_promised:
                day = clock.local_date(at) + timedelta(days=45)
                actions.promise(application, promised_on=day, note="", **place)
            else:
                parties = " och ".join(str(each.organisation) for each in rows)
                letter = render_pdf(LETTER.format(parties=parties))
                file = ContentFile(letter, name="avsiktsforklaring.pdf")
                actions.attach(application, file=file, **place)


class _Row:
    """Rows of plans.toml for one application: sides become parties, days become dates."""

    def __init__(self, application: Application, kind: str, names: Names) -> None:
        self.application, self.kind, self.names = application, kind, names
        leads = application.parties.filter(lead=True).select_related("organisation__country")
        self.leads = {row.side: row for row in leads}

    def values(self, row: Mapping[str, Any]) -> dict[str, Any]:
        known = {**self._days(row), **self._pointing(row), **row}
        if self.kind == QuestionKind.TEAM:
            known |= self._person(row)
        return {name: known.get(name, _nothing(name)) for name in COLUMNS[self.kind].columns}

    def _days(self, row: Mapping[str, Any]) -> dict[str, Any]:
        if "day" not in row:
            return {}
        first = self.application.starts_on + timedelta(days=row["day"])
        last = first + timedelta(days=row.get("days", 1) - 1)
        last = min(last, self.application.ends_on)
        return {"starts_on": first, "ends_on": last, "decided_on": first}

    def _pointing(self, row: Mapping[str, Any]) -> dict[str, Any]:
        party, host = (self.leads.get(row.get(name)) for name in ("party", "host"))
        found = {"party_id": party and party.party_id, "host_id": host and host.party_id}
        if "objective" in row:
            objectives = Objective.objects.filter(application=self.application)
            found["objective_id"] = objectives[row["objective"] - 1].pk
        if "country" in row:
            found["country_id"] = Country.objects.get(code=row["country"]).pk
        return found

    def _person(self, row: Mapping[str, Any]) -> dict[str, str]:
        name = self.names.next(self.leads[row["party"]].organisation.country.code)
        return {"name": name, "email": f"{slugify(name).replace('-', '.')}@example.org"}


def _nothing(name: str) -> Any:
    if name in UNTOLD or name.endswith("_id"):
        return None
    return False if name in {"leads", "is_taken"} else ""
