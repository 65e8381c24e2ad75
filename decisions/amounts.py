"""What may be granted: at most what was asked for and at most the ceiling, year by year.

Works on the content of a frozen submission; reads no database. Amounts are whole kronor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from decisions.refusals import (
    AmountOverAsked,
    AmountOverCeiling,
    OutcomeDoesNotFit,
    WrongYears,
)
from decisions.states import Outcome
from funding.periods import year_spans
from funding.states import CeilingKind


@dataclass(frozen=True)
class Year:
    """One project year, both days included. `ceiling_sek` is None where the limit is a total."""

    number: int
    starts_on: date
    ends_on: date
    asked_sek: int
    ceiling_sek: int | None


@dataclass(frozen=True)
class Asked:
    """What one submission asked for and the limit that held for it."""

    years: tuple[Year, ...]
    ceiling_sek: int | None
    ceiling_kind: str

    @property
    def total_sek(self) -> int:
        return sum(year.asked_sek for year in self.years)

    @property
    def per_year_sek(self) -> list[int]:
        return [year.asked_sek for year in self.years]

    @property
    def is_guideline(self) -> bool:
        return self.ceiling_kind == CeilingKind.GUIDELINE


def asked_in(content: Mapping[str, Any]) -> Asked:
    """What the frozen content of a submission asks for."""
    ceiling = content["ceiling"] or {"amount_sek": None, "per_year_sek": [], "kind": ""}
    period = content["period"]
    spans = year_spans(
        date.fromisoformat(period["starts_on"]), date.fromisoformat(period["ends_on"])
    )
    limits = ceiling["per_year_sek"] or _spread(ceiling["amount_sek"], len(spans))
    rows = zip(spans, content["budget"]["per_year_sek"], limits, strict=True)
    years = [
        Year(number, first, last, asked_sek, limit_sek)
        for number, ((first, last), asked_sek, limit_sek) in enumerate(rows, start=1)
    ]
    return Asked(tuple(years), ceiling["amount_sek"], ceiling["kind"])


def _spread(ceiling_sek: int | None, years: int) -> list[int | None]:
    """A ceiling for the whole says nothing of its years, unless there is but one."""
    return [ceiling_sek] if years == 1 else [None] * years


def ensure_within(asked: Asked, outcome: str, amounts: Sequence[int]) -> None:
    """Refuse amounts that may not be granted, or that do not fit the outcome.

    Raises `WrongYears`, `AmountOverAsked`, `AmountOverCeiling` and `OutcomeDoesNotFit`.
    """
    if len(amounts) != len(asked.years):
        raise WrongYears(years=len(asked.years))
    for year, amount_sek in zip(asked.years, amounts, strict=True):
        _ensure_year_within(asked, year, amount_sek)
    total_sek = sum(amounts)
    if _over(total_sek, asked.ceiling_sek) and not asked.is_guideline:
        raise AmountOverCeiling(year=None, amount_sek=total_sek, ceiling_sek=asked.ceiling_sek)
    if outcome != fitting_outcome(asked, total_sek):
        raise OutcomeDoesNotFit(
            outcome=str(outcome), amount_sek=total_sek, asked_sek=asked.total_sek
        )


def _ensure_year_within(asked: Asked, year: Year, amount_sek: int) -> None:
    if amount_sek > year.asked_sek:
        raise AmountOverAsked(year=year.number, amount_sek=amount_sek, asked_sek=year.asked_sek)
    if _over(amount_sek, year.ceiling_sek) and not asked.is_guideline:
        raise AmountOverCeiling(
            year=year.number, amount_sek=amount_sek, ceiling_sek=year.ceiling_sek
        )


def fitting_outcome(asked: Asked, total_sek: int) -> Outcome:
    """The one outcome that an amount may have."""
    if total_sek == 0:
        return Outcome.REJECTED
    return Outcome.GRANTED if total_sek == asked.total_sek else Outcome.PARTLY_GRANTED


def exceeds_guideline(asked: Asked, amounts: Sequence[int]) -> bool:
    """Is more granted than a guideline amount, in a year or in all? Then the decider accepts it."""
    if not asked.is_guideline:
        return False
    limits = [year.ceiling_sek for year in asked.years]
    years_over = any(map(_over, amounts, limits))
    return years_over or _over(sum(amounts), asked.ceiling_sek)


def _over(amount_sek: int, limit_sek: int | None) -> bool:
    return limit_sek is not None and amount_sek > limit_sek
