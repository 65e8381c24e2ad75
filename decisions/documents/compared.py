"""The submitted budget beside what is proposed and granted, line by line. Reads no database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from applications.documents.budget_table import (
    BudgetTable,
    LineRow,
    YearTable,
    budget_table,
    is_own_pay,
)
from decisions.amounts import Amounts, asked_in
from funding.budget_diff import LineDiff


@dataclass(frozen=True)
class Column:
    """Amounts to stand beside those asked for. In the one that is written in, `inputs` has the
    field of each line by its key."""

    label: str
    amounts: Amounts
    inputs: Mapping[UUID, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One amount under its column's label; `input` is the field to write it in, or what says that
    a sum is reckoned while one writes.

    `diff` is None for a line that was not there when the column was made.
    """

    label: str
    diff: LineDiff | None
    input: Any = None


@dataclass(frozen=True)
class ComparedLine:
    line: LineRow
    cells: Sequence[Cell]
    is_pay: bool


@dataclass(frozen=True)
class ComparedYear:
    """`limit_sek` is None where the limit is for several years together."""

    year: YearTable
    limit_sek: int | None
    lines: Sequence[ComparedLine]
    sums: Sequence[Cell]


@dataclass(frozen=True)
class Pay:
    """Salaries and fees of the Swedish side in the last column, and the share they may have had."""

    pay_sek: int
    total_sek: int
    limit_percent: Decimal


@dataclass(frozen=True)
class Compared:
    """One table for each project year, and the sums of the whole. `pay` is None where the
    submission did not keep its limits."""

    table: BudgetTable
    labels: Sequence[str]
    years: Sequence[ComparedYear]
    sums: Sequence[Cell]
    is_guideline: bool
    pay: Pay | None


def compared(content: Mapping[str, Any], columns: Sequence[Column] = ()) -> Compared:
    """The budget of a frozen submission with `columns` beside it, worded in the active language."""
    table, asked = budget_table(content), asked_in(content)
    limits = {year.number: year.ceiling_sek for year in asked.years}
    pay = {row["key"] for row in content["budget"]["lines"] if is_own_pay(row)}
    return Compared(
        table=table,
        labels=[column.label for column in columns],
        years=[
            ComparedYear(
                year,
                limits.get(year.number),
                [ComparedLine(row, _cells(row, columns), row.key in pay) for row in year.lines],
                _year_sums(year, columns),
            )
            for year in table.years
        ],
        sums=[
            Cell(each.label, LineDiff(table.total_sek, each.amounts.total_sek), each.inputs)
            for each in columns
        ],
        is_guideline=asked.is_guideline,
        pay=_pay(content, columns, pay),
    )


def _pay(
    content: Mapping[str, Any], columns: Sequence[Column], keys: Collection[str]
) -> Pay | None:
    limits = content.get("limits")
    if not (limits and columns):
        return None
    amounts = columns[-1].amounts
    pay_sek = sum(amounts.by_key.get(UUID(key), 0) for key in keys)
    return Pay(pay_sek, amounts.total_sek, Decimal(limits["max_pay_percent"]))


def _cells(line: LineRow, columns: Sequence[Column]) -> list[Cell]:
    key = UUID(line.key)
    return [_cell(line, column, column.amounts.by_key.get(key), key) for column in columns]


def _cell(line: LineRow, column: Column, amount_sek: int | None, key: UUID) -> Cell:
    found = None if amount_sek is None else LineDiff(line.amount_sek, amount_sek)
    return Cell(column.label, found, column.inputs.get(key))


def _year_sums(year: YearTable, columns: Sequence[Column]) -> list[Cell]:
    return [
        Cell(each.label, LineDiff(year.total_sek, each.amounts.year_sek(year.number)), each.inputs)
        for each in columns
    ]
