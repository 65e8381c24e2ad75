"""What may be granted: line by line at most what was asked for, and at most the ceiling.

Works on the content of a frozen submission; reads no database. Amounts are whole kronor.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from applications.completeness import in_language
from decisions.refusals import (
    AmountBelowZero,
    AmountOverAsked,
    AmountOverCeiling,
    LineRefusal,
    OutcomeDoesNotFit,
    UnknownLines,
)
from decisions.states import Outcome
from funding.periods import year_spans
from funding.states import CeilingKind


@dataclass(frozen=True)
class Amounts:
    """What is asked for, proposed or granted, by the keys of lines and by project year."""

    by_key: Mapping[UUID, int]
    by_year: Mapping[int, int]

    @classmethod
    def of(cls, rows: Iterable[tuple[UUID | str, int, int]]) -> "Amounts":
        """From rows of key, project year and kronor."""
        by_key: dict[UUID, int] = {}
        by_year: dict[int, int] = defaultdict(int)
        for key, year, amount_sek in rows:
            by_key[key if isinstance(key, UUID) else UUID(key)] = amount_sek
            by_year[year] += amount_sek
        return cls(by_key, dict(by_year))

    @property
    def total_sek(self) -> int:
        return sum(self.by_year.values())

    def year_sek(self, number: int) -> int:
        return self.by_year.get(number, 0)


@dataclass(frozen=True)
class AskedLine:
    """One cost that was asked for. `name`: what for, else its cost type."""

    key: UUID
    year: int
    name: str
    amount_sek: int


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

    lines: tuple[AskedLine, ...]
    years: tuple[Year, ...]
    ceiling_sek: int | None
    ceiling_kind: str

    @property
    def total_sek(self) -> int:
        return sum(year.asked_sek for year in self.years)

    @property
    def amounts(self) -> Amounts:
        return Amounts.of((line.key, line.year, line.amount_sek) for line in self.lines)

    @property
    def is_guideline(self) -> bool:
        return self.ceiling_kind == CeilingKind.GUIDELINE


@dataclass(frozen=True)
class Excess:
    """More than a limit, in one year or (None) in all."""

    year: int | None
    amount_sek: int
    limit_sek: int


def asked_in(content: Mapping[str, Any]) -> Asked:
    """What the frozen content of a submission asks for, worded in the active language."""
    ceiling = content["ceiling"] or {"amount_sek": None, "per_year_sek": [], "kind": ""}
    spans = _spans(content["period"])
    limits = ceiling["per_year_sek"] or _spread(ceiling["amount_sek"], len(spans))
    rows = zip(spans, content["budget"]["per_year_sek"], limits, strict=True)
    years = [
        Year(number, first, last, asked_sek, limit_sek)
        for number, ((first, last), asked_sek, limit_sek) in enumerate(rows, start=1)
    ]
    lines = map(_line, content["budget"]["lines"])
    return Asked(tuple(lines), tuple(years), ceiling["amount_sek"], ceiling["kind"])


def _spans(period: Mapping[str, str | None]) -> list[tuple[date, date]]:
    """None while what came by paper or e-mail has not been filled in."""
    days = [period["starts_on"], period["ends_on"]]
    return year_spans(*map(date.fromisoformat, days)) if all(days) else []


def _line(row: Mapping[str, Any]) -> AskedLine:
    return AskedLine(UUID(row["key"]), row["project_year"], line_name(row), row["amount_sek"])


def line_name(row: Mapping[str, Any]) -> str:
    """What a line of a frozen budget is for, else its cost type in the active language."""
    return row["description"] or in_language(row)


def _spread(ceiling_sek: int | None, years: int) -> list[int | None]:
    """A ceiling for the whole says nothing of its years, unless there is but one."""
    return [ceiling_sek] if years == 1 else [None] * years


def settled(asked: Asked, outcome: str, amounts: Mapping[UUID, int]) -> Amounts:
    """What every line gets: `amounts` where it says so, else what was asked for.

    A rejection gives every line 0. Raises `UnknownLines`, `AmountBelowZero`, `AmountOverAsked`,
    `AmountOverCeiling` and `OutcomeDoesNotFit`.
    """
    unknown = amounts.keys() - {line.key for line in asked.lines}
    if unknown:
        raise UnknownLines(lines=len(unknown))
    if outcome == Outcome.REJECTED:
        amounts = dict.fromkeys((line.key for line in asked.lines), 0)
    for refusal in line_refusals(asked, amounts):
        raise refusal
    found = Amounts.of(
        (line.key, line.year, amounts.get(line.key, line.amount_sek)) for line in asked.lines
    )
    _ensure_within_ceiling(asked, found)
    if outcome != fitting_outcome(asked, found.total_sek):
        raise OutcomeDoesNotFit(
            outcome=str(outcome), amount_sek=found.total_sek, asked_sek=asked.total_sek
        )
    return found


def line_refusals(asked: Asked, amounts: Mapping[UUID, int]) -> Iterator[LineRefusal]:
    """One refusal for each line that may not have its amount, in the order of the lines."""
    for line in asked.lines:
        amount_sek = amounts.get(line.key, line.amount_sek)
        figures = {"line_key": str(line.key), "line": line.name, "year": line.year}
        if amount_sek < 0:
            yield AmountBelowZero(**figures, amount_sek=amount_sek)
        if amount_sek > line.amount_sek:
            yield AmountOverAsked(**figures, amount_sek=amount_sek, asked_sek=line.amount_sek)


def _ensure_within_ceiling(asked: Asked, amounts: Amounts) -> None:
    if asked.is_guideline:
        return
    for excess in excesses(asked, amounts):
        raise AmountOverCeiling(
            year=excess.year, amount_sek=excess.amount_sek, ceiling_sek=excess.limit_sek
        )


def fitting_outcome(asked: Asked, total_sek: int) -> Outcome:
    """The one outcome that an amount may have."""
    if total_sek == 0:
        return Outcome.REJECTED
    return Outcome.GRANTED if total_sek == asked.total_sek else Outcome.PARTLY_GRANTED


def over_guideline(asked: Asked, amounts: Amounts) -> list[Excess]:
    """Where more is granted than a guideline amount; the decider must accept it. Else empty."""
    return excesses(asked, amounts) if asked.is_guideline else []


def excesses(asked: Asked, amounts: Amounts) -> list[Excess]:
    """The years over their limits; the whole when no year is, or there is but one."""
    years = asked.years if len(asked.years) > 1 else ()
    limits = [(year.number, amounts.year_sek(year.number), year.ceiling_sek) for year in years]
    whole = (None, amounts.total_sek, asked.ceiling_sek)
    return _over(limits) or _over([whole])


def _over(limits: Iterable[tuple[int | None, int, int | None]]) -> list[Excess]:
    return [
        Excess(year, amount_sek, limit_sek)
        for year, amount_sek, limit_sek in limits
        if limit_sek is not None and amount_sek > limit_sek
    ]
