"""What the rules look at, and what they find."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from funding.ceilings import CeilingResult
from funding.states import CostGroup, Phase, Severity
from funding.wording import worded
from partnerships.states import Side

if TYPE_CHECKING:
    from funding.wording import Text

PAY = frozenset({CostGroup.SALARY, CostGroup.FEE})
EVERY_PHASE = frozenset(Phase.values)


@dataclass(frozen=True)
class Line:
    """One budget line. For salaries and fees: `persons` × `quantity` days × kronor a day.

    `phases` are those that cover the line's cost type.
    """

    key: str
    project_year: int
    side: str
    party_name: str
    cost_type: str
    cost_group: str
    persons: int
    quantity: Decimal
    unit_price_sek: int
    amount_sek: int
    description: str = ""
    activity: str = ""
    phases: Collection[str] = EVERY_PHASE

    @property
    def is_pay(self) -> bool:
        return self.cost_group in PAY

    @property
    def is_partner_pay(self) -> bool:
        return self.is_pay and self.side == Side.INTERNATIONAL

    @property
    def is_own_pay(self) -> bool:
        return self.is_pay and not self.is_partner_pay

    @property
    def units(self) -> Decimal:
        """Persons × quantity; 0 where either says nothing."""
        if self.persons <= 0 or not self.quantity.is_finite():
            return Decimal(0)
        return max(self.persons * self.quantity, Decimal(0))

    @property
    def is_nothing(self) -> bool:
        return self.amount_sek <= 0 or not self.units


@dataclass(frozen=True)
class Parameters:
    """The limits of one schedule, and where each stands written. `max_pay_share`: 0.5 is half."""

    max_day_rate_sek: int
    max_pay_share: Decimal
    min_visits_a_year: int
    day_rate_source: "Text"
    pay_share_source: "Text"
    visits_source: "Text"


@dataclass(frozen=True)
class BudgetContext:
    """All that a rule may look at. Not known yet: None, and no `years`."""

    lines: tuple[Line, ...]
    ceiling: CeilingResult | None
    years: int
    phase: str
    starts_on: date | None
    earliest_start: date | None
    parameters: Parameters | None

    @property
    def total_sek(self) -> int:
        return sum(line.amount_sek for line in self.lines)

    @property
    def own_pay_sek(self) -> int:
        return sum(line.amount_sek for line in self.lines if line.is_own_pay)

    def year_sek(self, year: int) -> int:
        return sum(line.amount_sek for line in self.lines if line.project_year == year)


@dataclass(frozen=True)
class Finding:
    """What a rule found: about one line (`line_key`), or about the budget as a whole (None).

    A stop refuses submission. A warning with `needs_reason` may be submitted with a reason.
    """

    rule: str
    severity: Severity
    message: "Text"
    source: "Text"
    figures: Mapping[str, Any] = field(default_factory=dict)
    line_key: str | None = None
    needs_reason: bool = False

    def text(self) -> str:
        """What is wrong and what to do, in the active language."""
        return worded(self.message, self.figures)

    def as_data(self) -> dict[str, Any]:
        """For JSON, told in the active language."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "text": self.text(),
            "source": str(self.source),
            "line_key": self.line_key,
            "needs_reason": self.needs_reason,
        }


Rule = Callable[[BudgetContext], Iterable[Finding]]
