"""Drafts that are being written, each with something left to do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from applications import actions
from applications.models import Application
from icld_portal.demo import filling, plans
from icld_portal.demo.budgets import LineFacts
from icld_portal.demo.cases import NO_PREPARATION, begin
from icld_portal.demo.scene import Scene

BEFORE_CLOSE = timedelta(days=8)


def write(row: Mapping[str, Any], scene: Scene) -> None:
    """One draft of drafts.toml, and the steering group's beside a project."""
    round_ = scene.rounds[row["round"]]
    at = round_.closes_at - BEFORE_CLOSE - timedelta(hours=9)
    drafts = begin(scene, row["applicant"], row.get("partner"), row["phase"], round_, at)
    first, last = filling.period(round_, row["years"])
    for draft, page in zip(drafts, [row, row.get("steering")], strict=False):
        details = {"starts_on": first, "ends_on": last}
        _fill(draft, page, details | _more_details(row, scene), scene, at)
    by = scene.coordinator(row["applicant"])
    filling.fill_areas(
        drafts[0],
        row["area"],
        row.get("areas", []),
        row.get("core", {}),
        goals=plans.goals_of(row.get("plan", "")),
        by=by,
        at=at,
    )
    if empty := row.get("empty_seats"):
        filling.fill_seats(drafts[0], scene.names, by=by, at=at, empty=empty)


def _more_details(row: Mapping[str, Any], scene: Scene) -> dict[str, str]:
    applicant = scene.organisations.by_code(row["applicant"])
    reason = {"no_preparation_reason": NO_PREPARATION} if row.get("no_preparation_reason") else {}
    if not row.get("own_dnr"):
        return reason
    return reason | filling.own_reference(applicant, scene.rounds[row["round"]])


def _fill(
    draft: Application, page: Mapping[str, Any], details: dict, scene: Scene, at: datetime
) -> None:
    by = draft.created_by
    titles = {"title_sv": page["title_sv"], "title_en": page["title_en"]}
    actions.save_details(draft, titles | details, by=by, at=at)
    for place, answer in page["answers"].items():
        said = {"by": by.email, "text": answer} if isinstance(answer, str) else answer
        at += timedelta(minutes=25)
        writer = scene.person(said["by"])
        filling.fill_answers(draft, {place: said["text"]}, by=writer, at=at)
    for lines in page.get("lines", []):
        facts = [_line(*row) for row in lines["rows"]]
        filling.fill_budget(draft, lines["year"], facts, by=by, at=at)
    plans.fill_tables(draft, page.get("plan", ""), scene.names, by=by, at=at)


def _line(
    side: str, cost_type: str, description: str, persons: int, quantity: int, price_sek: int
) -> LineFacts:
    return LineFacts(side, cost_type, "", description, persons, Decimal(quantity), "", price_sek)
