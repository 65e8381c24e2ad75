"""A frozen budget as a person reads it: lines by project year, and sums by party and cost type."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import ngettext

from applications.completeness import in_language
from funding import periods
from funding.budget_rules import PAY, Finding
from funding.currencies import rate_text, rate_told
from icld_portal.formats import kronor, quantity
from partnerships.states import Side

Row = Mapping[str, Any]


@dataclass(frozen=True)
class LineRow:
    """One cost and what the rules found. `reckoning`: "2 persons × 10 days × SEK 4 800".

    `rate` tells by what a price in another currency was converted; "" for kronor.
    """

    key: str
    party: str
    cost_type: str
    activity: str
    description: str
    reckoning: str
    rate: str
    amount_sek: int
    findings: Sequence[Finding]


@dataclass(frozen=True)
class YearTable:
    """A project year. Days are None while the period is unknown or the year lies outside it."""

    number: int
    first_day: date | None
    last_day: date | None
    lines: Sequence[LineRow]
    total_sek: int
    ceiling_sek: int | None

    @property
    def left_sek(self) -> int:
        """What remains under the year's ceiling; below zero when it is exceeded."""
        return (self.ceiling_sek or 0) - self.total_sek

    @property
    def over_sek(self) -> int:
        return max(0, -self.left_sek)


@dataclass(frozen=True)
class SumRow:
    label: str
    per_year_sek: Sequence[int]
    total_sek: int


@dataclass(frozen=True)
class BudgetTable:
    years: Sequence[YearTable]
    by_party: Sequence[SumRow]
    by_cost_type: Sequence[SumRow]
    total_sek: int
    ceiling_sek: int | None
    pay_sek: int
    findings: Sequence[Finding]

    @property
    def left_sek(self) -> int:
        return (self.ceiling_sek or 0) - self.total_sek

    @property
    def over_sek(self) -> int:
        return max(0, -self.left_sek)

    @property
    def pay_percent(self) -> float:
        """Salaries and fees of the Swedish side, in per cent of the whole: how long the bar is."""
        return 100 * self.pay_sek / self.total_sek if self.total_sek else 0.0

    @property
    def pay_is_too_much(self) -> bool:
        return any(finding.rule == "salary_share" for finding in self.findings)


def budget_table(content: Row, findings: Iterable[Finding] = ()) -> BudgetTable:
    """The budget of a frozen or just read content, worded in the active language.

    `findings` are shown at their line; those about the budget as a whole are kept apart.
    """
    findings = list(findings)
    lines = content["budget"]["lines"]
    spans = _spans(content["period"])
    last_year = max([len(spans), *(line["project_year"] for line in lines)])
    numbers = range(1, last_year + 1)
    ceiling = content["ceiling"]
    return BudgetTable(
        years=[_year(each, lines, spans, ceiling, findings) for each in numbers],
        by_party=_sums(lines, numbers, lambda line: line["party"]),
        by_cost_type=_sums(lines, numbers, in_language),
        total_sek=sum(line["amount_sek"] for line in lines),
        ceiling_sek=ceiling["amount_sek"] if ceiling else None,
        pay_sek=sum(line["amount_sek"] for line in lines if is_own_pay(line)),
        findings=[finding for finding in findings if finding.line_key is None],
    )


def _spans(period: Row) -> list[tuple[date, date]]:
    if not period["years"]:
        return []
    starts_on, ends_on = (date.fromisoformat(period[name]) for name in ("starts_on", "ends_on"))
    return periods.year_spans(starts_on, ends_on)


def _year(
    year: int, lines: Sequence[Row], spans: Sequence, ceiling: Row | None, findings: list[Finding]
) -> YearTable:
    rows = [_line(line, findings) for line in lines if line["project_year"] == year]
    first_day, last_day = spans[year - 1] if year <= len(spans) else (None, None)
    limits = ceiling["per_year_sek"] if ceiling else []
    return YearTable(
        number=year,
        first_day=first_day,
        last_day=last_day,
        lines=rows,
        total_sek=sum(row.amount_sek for row in rows),
        ceiling_sek=limits[year - 1] if year <= len(limits) else None,
    )


def _line(line: Row, findings: list[Finding]) -> LineRow:
    return LineRow(
        key=line["key"],
        party=line["party"],
        cost_type=in_language(line),
        activity=line.get("activity", ""),
        description=line["description"],
        reckoning=_reckoning(line),
        rate=_rate(line),
        amount_sek=line["amount_sek"],
        findings=[finding for finding in findings if finding.line_key == line["key"]],
    )


def _reckoning(line: Row) -> str:
    count, price = Decimal(line["quantity"]), _price(line)
    if line["group"] not in PAY:
        return f"{_counted(count, line)} × {price}"
    persons = ngettext("%(count)s person", "%(count)s persons", line["persons"])
    days = ngettext("%(count)s day", "%(count)s days", 1 if count == 1 else 2)
    told = (persons % {"count": line["persons"]}, days % {"count": quantity(count)}, price)
    return " × ".join(told)


def _counted(count: Decimal, line: Row) -> str:
    return f"{quantity(count)} {line['unit']}" if line.get("unit") else quantity(count)


def _price(line: Row) -> str:
    """The price each; in another currency times what one of it was worth in kronor."""
    if "foreign_price" not in line:
        return kronor(line["unit_price_sek"])
    price = quantity(Decimal(line["foreign_price"]))
    return f"{line['currency']}\N{NO-BREAK SPACE}{price} × {rate_text(Decimal(line['rate']))}"


def _rate(line: Row) -> str:
    if "foreign_price" not in line:
        return ""
    valid_on = date.fromisoformat(line["rate_on"])
    return rate_told(Decimal(line["rate"]), valid_on, line["rate_source"])


def _sums(lines: Sequence[Row], years: range, label_of: Callable[[Row], str]) -> list[SumRow]:
    labels = dict.fromkeys(label_of(line) for line in lines)
    return [
        _sum(label, [line for line in lines if label_of(line) == label], years) for label in labels
    ]


def _sum(label: str, lines: Sequence[Row], years: range) -> SumRow:
    per_year = [
        sum(line["amount_sek"] for line in lines if line["project_year"] == year) for year in years
    ]
    return SumRow(label, per_year, sum(per_year))


def is_own_pay(line: Row) -> bool:
    """Salary or fee of the Swedish side."""
    return line["group"] in PAY and line["side"] != Side.INTERNATIONAL
