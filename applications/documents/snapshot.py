"""The application as it stands, as plain content: what pages judge and submissions freeze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from applications.completeness import Missing, QuestionFact, missing_in
from applications.documents.copied_told import Untouched, untouched
from applications.documents.frozen.attachments import attachment_content
from applications.documents.frozen.chain import chain_content
from applications.documents.frozen.rows import (
    answer_rows,
    budget_rows,
    ceiling_content,
    declaration_rows,
    limits_content,
    party_rows,
    person_rows,
    seat_rows,
)
from applications.documents.frozen.tables import goal_rows, named_rows, table_labels, table_rows
from applications.documents.gathering import Gathered, gather
from applications.documents.related_rows import Rows
from applications.models import Application, Question, RequestedAttachment
from applications.states import GONE, TABLE_KINDS, ApplicationState, QuestionKind
from funding import budget_rules, periods
from funding.budget_rules import BudgetContext, Finding, Line
from funding.ceilings import CeilingResult, MissingCell
from funding.models import CeilingSchedule
from funding.states import Phase, Severity
from partnerships.states import Side

REASONS = {"guideline_exceeded": "guideline_reason", "exchange_visits": "visits_reason"}
"""Rules that ask for a reason, and the field where it is written."""


@dataclass(frozen=True)
class Snapshot:
    """Everything about an application at one moment, judged."""

    content: dict[str, Any]
    persons: dict[str, Any]
    lines: Sequence[Line]
    ceiling: CeilingResult | None
    findings: Sequence[Finding]
    missing: Sequence[Missing]
    untouched: Sequence[Untouched] = ()

    @property
    def total_sek(self) -> int:
        return sum(line.amount_sek for line in self.lines)

    @property
    def stops(self) -> list[Finding]:
        """Findings that refuse submission: stops, and those that need a reason and have none."""
        return [
            finding
            for finding in self.findings
            if finding.severity == Severity.STOP
            or (finding.needs_reason and not self.content[REASONS[finding.rule]].strip())
        ]

    @property
    def ready(self) -> bool:
        return not self.missing and not self.stops


def questions_of(application: Application) -> list[Question]:
    """The questions of the application's phase in its round."""
    return list(
        Question.objects.select_related("section").filter(
            form_version__roundphase__round_id=application.round_id,
            form_version__roundphase__phase=application.phase,
        )
    )


def requested_of(application: Application) -> list[RequestedAttachment]:
    """The attachments that the form of the application's phase asks for in its round."""
    return list(
        RequestedAttachment.objects.filter(
            form_version__roundphase__round_id=application.round_id,
            form_version__roundphase__phase=application.phase,
        )
    )


def snapshot(application: Application) -> Snapshot:
    """Read and judge an application loaded with `for_pages`, in six more queries."""
    return snapshots([application])[0]


def snapshots(applications: Sequence[Application]) -> list[Snapshot]:
    """The same for several applications; the queries stay six."""
    pairs = zip(applications, gather(applications), strict=True)
    return [_snapshot(application, rows) for application, rows in pairs]


def _snapshot(application: Application, gathered: Gathered) -> Snapshot:
    parties = list(application.parties.all())
    questions, rows, seats = gathered.questions, gathered.lines, gathered.seats
    lines = [row.rule_line for row in rows]
    ceiling = ceiling_of(application, parties)
    persons = person_rows(application, seats)
    kinds = {question.kind for question in questions}
    if QuestionKind.TEAM in kinds:
        persons["team"] = named_rows(gathered.related, QuestionKind.TEAM)
    content = {
        "schema": 3,
        "application": str(application.public_id),
        "phase": application.phase,
        "round": _round(application.round),
        "titles": {"sv": application.title_sv.strip(), "en": application.title_en.strip()},
        "period": _period(application),
        "parties": party_rows(parties),
        "multi_party": is_multi_party(parties),
        "answers": answer_rows(application, [row for row in questions if row.is_text]),
        "areas": _areas(application, gathered.related),
        "core_areas": gathered.related["core_areas"],
        "goals": goal_rows(gathered.related) if QuestionKind.GOALS in kinds else [],
        "tables": table_rows(gathered.related, [kind for kind in TABLE_KINDS if kind in kinds]),
        "table_labels": table_labels(questions),
        "needs_preparation_reason": needs_preparation_reason(application),
        "no_preparation_reason": application.no_preparation_reason,
        "has_steering_group": has_steering_group(application),
        "steering_application": _steering_reference(application),
        "seats": seat_rows(seats),
        "budget": budget_rows(rows, application.years),
        "guideline_reason": application.guideline_reason,
        "visits_reason": application.visits_reason,
        "limits": limits_content(application.round.schedule),
        "ceiling": ceiling_content(ceiling),
        **attachment_content(gathered.related),
        **chain_content(application, gathered.related, kinds),
        "declarations": declaration_rows(application),
        "own": {"dnr": application.own_dnr, "board": application.own_board},
    }
    findings = budget_rules.check(budget_context(application, lines, ceiling))
    missing = missing_in(content, persons, [_fact(question) for question in questions])
    copied = untouched(gathered.related)
    return Snapshot(content, persons, lines, ceiling, findings, missing, copied)


def ceiling_of(application: Application, parties: Sequence) -> CeilingResult | None:
    """The application's ceiling, or None until partner, dates and schedule are known."""
    if not application.years:
        return None
    schedule, years = application.round.schedule, application.years
    part_year = periods.has_part_year(application.starts_on, application.ends_on)
    return ceiling_by(schedule, application.phase, parties, years=years, part_year=part_year)


def ceiling_by(
    schedule: CeilingSchedule | None,
    phase: str,
    parties: Sequence,
    *,
    years: int,
    part_year: bool = False,
    multi_party: bool | None = None,
) -> CeilingResult | None:
    """What these parties may apply for by a schedule; None where that is not known.

    `multi_party` is what the parties make it, unless said.
    """
    abroad = [party for party in parties if party.side == Side.INTERNATIONAL]
    if not (abroad and schedule):
        return None
    lead_first = sorted(abroad, key=lambda party: not party.lead)
    try:
        return schedule.ceiling_for(
            phase=phase,
            regions=[party.organisation.country.region for party in lead_first],
            multi_party=is_multi_party(parties) if multi_party is None else multi_party,
            years=years,
            part_year=part_year,
        )
    except MissingCell:
        return None


def budget_context(
    application: Application, lines: Sequence[Line], ceiling: CeilingResult | None
) -> BudgetContext:
    """What the budget rules look at, for an application loaded with `for_pages`."""
    schedule = application.round.schedule
    return BudgetContext(
        lines=tuple(lines),
        ceiling=ceiling,
        years=application.years,
        phase=application.phase,
        starts_on=application.starts_on,
        earliest_start=application.round.earliest_start,
        parameters=schedule.parameters if schedule else None,
    )


def is_multi_party(parties: Sequence) -> bool:
    """More than one local or regional government on at least one side (domain section 0.2)."""
    sides = [party.side for party in parties if party.organisation.kind.counts_as_government]
    return any(sides.count(side) > 1 for side in Side.values)


def needs_preparation_reason(application: Application) -> bool:
    """A project without a granted inception in the partnership says why (domain section 0.5)."""
    return application.phase == Phase.PROJECT and not application.has_preparation


def has_steering_group(application: Application) -> bool:
    """Applied for together with the project, or granted earlier and active at its start. One that
    lapsed together with the project is handed in late together with it."""
    beside = application.steering_application
    if beside is None:
        return application.has_active_steering
    lapsed_both = beside.state == application.state == ApplicationState.LAPSED
    together = lapsed_both and beside.round_id == application.round_id
    return together or beside.state not in GONE or application.has_active_steering


def budget_lines_of(application: Application) -> list:
    """The budget's lines with all that pages and rules show of them."""
    return list(application.budget.lines.for_reading())


def _areas(application: Application, related: Rows) -> dict[str, Any]:
    main = application.main_area
    return {"main": main.key if main else None, "all": related["areas"]}


def _round(round_) -> dict[str, Any]:
    return {
        "season": round_.season,
        "year": round_.year,
        "name": {"sv": round_.name_sv, "en": round_.name_en},
        "closes_at": round_.closes_at.isoformat(),
        "earliest_start": _iso(round_.earliest_start),
        "fixed_start": _iso(round_.fixed_start),
    }


def _period(application: Application) -> dict[str, Any]:
    starts_on, ends_on = application.starts_on, application.ends_on
    known = starts_on and ends_on
    return {
        "starts_on": _iso(starts_on),
        "ends_on": _iso(ends_on),
        "years": application.years,
        "months": periods.months(starts_on, ends_on) if known else 0,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _steering_reference(application: Application) -> str | None:
    steering = application.steering_application
    return str(steering.public_id) if steering else None


def _fact(question: Question) -> QuestionFact:
    return QuestionFact(
        key=question.key,
        section=question.section.key,
        kind=question.kind,
        label=question.label,
        limit=question.limit,
        limit_unit=question.limit_unit,
        required=question.required,
        languages=question.languages,
        min_rows=question.min_rows,
        max_rows=question.max_rows,
    )
