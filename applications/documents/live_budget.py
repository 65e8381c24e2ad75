"""The budget as it stands, judged: for the pages where it is written, in two queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.documents.budget_table import BudgetTable, budget_table
from applications.documents.frozen_rows import budget_rows, ceiling_content
from applications.documents.reading import ceiling_told
from applications.documents.snapshot import budget_lines_of, ceiling_of, rule_line
from applications.models import Application
from funding import budget_rules


@dataclass(frozen=True)
class LiveBudget:
    """`ceiling` is None until partner, dates and schedule are known."""

    table: BudgetTable
    ceiling: Mapping[str, Any] | None
    asks_why: bool

    @property
    def max_pay_percent(self) -> int:
        """The largest share of salaries and fees, in per cent."""
        return int(budget_rules.Parameters().max_salary_share * 100)


def live_budget(application: Application) -> LiveBudget:
    """Lines, sums, ceiling and findings of an application loaded with `for_pages`."""
    parties = list(application.parties.all())
    rows = budget_lines_of(application)
    ceiling = ceiling_of(application, parties)
    findings = budget_rules.check(
        [rule_line(row) for row in rows], ceiling, application.years, budget_rules.Parameters()
    )
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
        table=budget_table(content, findings),
        ceiling=ceiling_told(frozen_ceiling),
        asks_why=any(finding.needs_reason for finding in findings),
    )
