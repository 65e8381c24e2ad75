"""The budget as it stands, judged: for the pages where it is written, in two queries."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from applications.documents.budget_table import BudgetTable, budget_table
from applications.documents.frozen.rows import budget_rows, ceiling_content
from applications.documents.reading import ceiling_told
from applications.documents.snapshot import (
    REASONS,
    budget_context,
    budget_lines_of,
    ceiling_of,
)
from applications.models import Application
from funding import budget_rules
from funding.budget_rules import Finding
from funding.models import BudgetLine


@dataclass(frozen=True)
class LiveBudget:
    """`ceiling` is None until partner, dates and schedule are known. `given`: the rules whose
    reason has been written."""

    lines: Sequence[BudgetLine]
    table: BudgetTable
    ceiling: Mapping[str, Any] | None
    findings: Sequence[Finding]
    given: Set[str]

    @property
    def asks(self) -> set[str]:
        """The fields of the reasons that the rules ask for."""
        return {REASONS[finding.rule] for finding in self.findings if finding.needs_reason}

    def at_line(self, key: UUID) -> list[Finding]:
        return [finding for finding in self.findings if finding.line_key == str(key)]


def live_budget(application: Application, rows: Sequence[BudgetLine] | None = None) -> LiveBudget:
    """Sums, ceiling and findings of the budget's lines (`rows`, when they have been read already).

    The application has its parties and its round with the schedule.
    """
    parties = list(application.parties.all())
    rows = budget_lines_of(application) if rows is None else rows
    ceiling = ceiling_of(application, parties)
    lines = [row.rule_line for row in rows]
    findings = budget_rules.check(budget_context(application, lines, ceiling))
    frozen_ceiling = ceiling_content(ceiling)
    content = {
        "period": {
            "years": application.years,
            "starts_on": application.starts_on and application.starts_on.isoformat(),
            "ends_on": application.ends_on and application.ends_on.isoformat(),
        },
        "budget": budget_rows(rows, application.years),
        "ceiling": frozen_ceiling,
    }
    return LiveBudget(
        lines=rows,
        table=budget_table(content, findings),
        ceiling=ceiling_told(frozen_ceiling),
        findings=findings,
        given={rule for rule, field in REASONS.items() if getattr(application, field).strip()},
    )
