"""May we apply? Asked in two minutes, before anybody writes for hours.

Every rule is a row of a table: what it is about, when it holds, how grave it is, what to say and
where to go next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from applications.completeness import MAX_MONTHS
from applications.eligibility.circumstances import (
    MONTHS,
    CanWait,
    Circumstances,
    History,
    Length,
    Partner,
)
from applications.eligibility.rules import RULES, Weight

__all__ = [
    "MONTHS",
    "RULES",
    "CanWait",
    "Circumstances",
    "Finding",
    "History",
    "Length",
    "Partner",
    "Weight",
    "findings_of",
    "weight_of",
]


@dataclass(frozen=True)
class Finding:
    code: str
    topic: str
    weight: Weight
    message: Any
    figures: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        return str(self.message) % self.figures


def findings_of(c: Circumstances) -> list[Finding]:
    """What there is to say, topic by topic."""
    figures = {
        "country": c.country,
        "phase": c.phase.label,
        "months": MAX_MONTHS[c.phase],
        "round": c.round_name,
        "closes": c.round_closes,
        "opens": c.round_opens,
    }
    return [
        Finding(rule.code, rule.topic, rule.weight, rule.message, figures)
        for rule in RULES
        if rule.holds(c)
    ]


def weight_of(findings: list[Finding]) -> Weight:
    """The gravest of them."""
    order = list(Weight)
    return max((each.weight for each in findings), key=order.index)
