"""A budget and what the rules find in it, as JSON: the saved one, or that of a workbook."""

from argparse import ArgumentTypeError
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.management.base import CommandError, CommandParser

from applications.actions.budgeting import SEK, rates_in
from applications.documents.live_budget import LiveBudget, live_budget
from applications.documents.snapshot import budget_lines_of
from applications.forms.budget import line_choices
from applications.forms.imported import Imported, Reading, ReadLine, imported, lead_of
from applications.models import Application
from funding.budget_rules import Finding, line_amount
from funding.documents.workbook_reading import ReadSheet, read_workbook
from funding.models import BudgetLine
from icld_portal import clock
from icld_portal.commands import JsonCommand
from icld_portal.refusals import Refusal
from partnerships.models import Party


def uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not the id of an application") from None


class Command(JsonCommand):
    help = "Prints a budget and its findings as JSON. Amounts are whole kronor. Saves nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--dnr", help="the application's registration number: 2027-0001")
        which.add_argument("--application", type=uuid, help="its id, as in its address")
        parser.add_argument("--file", type=Path, help="judge this .xlsx instead of what is saved")

    def answer(
        self, *, dnr: str | None, application: UUID | None, file: Path | None, **_
    ) -> dict[str, Any]:
        found = {"dnr": dnr} if dnr is not None else {"public_id": application}
        row = Application.objects.for_pages().filter(**found).first()
        if row is None:
            raise CommandError(f"there is no application {dnr or application}")
        if file is None:
            return _as_data(row, live_budget(row))
        sheet = _read(file)
        read = imported(sheet.rows, _reading(row), sheet.broken)
        judged = live_budget(row, _unsaved(row, read.right))
        return _as_data(row, judged) | _read_as_data(sheet, read)


def _read(file: Path) -> ReadSheet:
    try:
        return read_workbook(file.read_bytes())
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from None
    except Refusal as refusal:
        raise CommandError(refusal.text()) from None


def _reading(application: Application) -> Reading:
    lines = budget_lines_of(application)
    return Reading(
        choices=line_choices(application, rates_in(lines, clock.now()).values()),
        lead=lead_of(application),
        saved={line.key: line for line in lines},
        batch=uuid4(),
    )


def _today() -> date:
    return clock.local_date(clock.now())


def _unsaved(application: Application, lines: Iterable[ReadLine]) -> Sequence[BudgetLine]:
    """The lines that the rows would become."""
    ids = [row.party_id for row in application.parties.all()]
    parties = Party.objects.select_related("organisation").in_bulk(ids)
    rows = []
    for line in lines:
        values = dict(line.change.values)
        price, party = values.pop("price"), parties[values.pop("party_id")]
        amounts = {
            "unit_price_sek": line_amount(1, Decimal(1), price, line.rate),
            "amount_sek": line.amount_sek,
        }
        if values["currency"] != SEK:
            amounts |= {"foreign_price": price, "rate": line.rate, "rate_on": _today()}
        rows.append(BudgetLine(key=line.key, party=party, **values, **amounts))
    return rows


def _as_data(application: Application, budget: LiveBudget) -> dict[str, Any]:
    return {
        "application": str(application.public_id),
        "dnr": application.dnr,
        "ceiling_sek": budget.table.ceiling_sek,
        "total_sek": budget.table.total_sek,
        "per_year_sek": [year.total_sek for year in budget.table.years],
        "lines": [_line(line) for line in budget.lines],
        "findings": [_finding(finding) for finding in budget.findings],
    }


def _line(line: BudgetLine) -> dict[str, Any]:
    return {
        "key": str(line.key),
        "project_year": line.project_year,
        "party": line.party.organisation.display_name,
        "cost_type": line.cost_type.key,
        "activity": line.activity,
        "description": line.description,
        "persons": line.persons,
        "quantity": f"{line.quantity.normalize():f}",
        "unit": line.unit,
        "unit_price_sek": line.unit_price_sek,
        "amount_sek": line.amount_sek,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "needs_reason": finding.needs_reason,
        "line_key": finding.line_key,
        "text": finding.text(),
        "source": str(finding.source),
    }


def _read_as_data(sheet: ReadSheet, read: Imported) -> dict[str, Any]:
    return {
        "missing_columns": list(read.missing),
        "wrong_cells": [cell.text() for cell in read.errors],
        "notes": [*sheet.notes, *read.notes],
    }
