"""Writing the budget of an application, many lines at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from applications.actions.writing import count_change, ensure_writable, locked
from applications.fingerprints import fingerprint
from applications.models import Application
from applications.refusals import AmountRefused, NoExchangeRate, NotAParty, TooManyLines
from funding.budget_rules import line_amount
from funding.currencies import OWN
from funding.models import BudgetLine, ExchangeRate
from funding.money import AmountError
from funding.pasting import MAX_ROWS
from icld_portal import clock
from partnerships.models import Party

MAX_LINES = MAX_ROWS
"""No real budget comes near it; a pasted spreadsheet may."""

SEK = OWN
LINE_FIELDS = (
    "project_year",
    "party_id",
    "cost_type_id",
    "activity",
    "description",
    "persons",
    "quantity",
    "unit",
    "currency",
)


@dataclass(frozen=True)
class LineChange:
    """A line as somebody wants it. `was` is the fingerprint of the line that they had seen; None
    for a new one, or to save whatever stands there.

    `values`: project_year, party_id, cost_type (the row), activity, description, persons, quantity,
    unit, currency, and price: whole kronor, or a Decimal in another currency.
    """

    key: UUID
    values: Mapping[str, Any]
    was: str | None = None


@dataclass
class SavedLines:
    """`lines` that were written, by key; `conflicts` that were not: somebody else's line now, or
    None where somebody has deleted it. `budget`: all the lines as they now are, in their order."""

    lines: dict[UUID, BudgetLine] = field(default_factory=dict)
    conflicts: dict[UUID, BudgetLine | None] = field(default_factory=dict)
    budget: list[BudgetLine] = field(default_factory=list)


@transaction.atomic
def save_lines(
    application: Application,
    changes: Sequence[LineChange] = (),
    *,
    deleted: Mapping[UUID, str | None] | None = None,
    order: Sequence[UUID] = (),
    by,
    at: datetime,
) -> SavedLines:
    """Add, change, delete and reorder budget lines; amounts are reckoned here, in whole kronor.

    `deleted` has the fingerprint of each line that is to go, as it was seen (None: whatever
    stands there). A price in another currency is converted by the newest rate of the day; a line
    that keeps its currency keeps its rate. A line that somebody else has changed since it was seen
    is left as it is and comes back as a conflict; the others are saved. Deleting what is gone is no
    error. The same values again change nothing. Raises `AmountRefused`, `NotAParty`,
    `NoExchangeRate`, `TooManyLines`, `NotWritable` and `RoundClosed`. Whether a line breaks a
    budget rule is said beside it, never here: a budget may be wrong while it is being written.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    rows = BudgetLine.objects.filter(budget=row.budget_id).for_reading()
    lines = {line.key: line for line in rows}
    parties = _parties(row, changes)
    rates = _rates(changes, lines, at)
    saved = SavedLines()
    gone = _take_out(lines, deleted or {}, saved)
    touched = [line for change in changes if (line := _write(change, row, lines, rates, saved))]
    for line in touched:
        line.party = parties[line.party_id]
    if len(lines) > MAX_LINES:
        raise TooManyLines(count=len(lines), limit=MAX_LINES)
    moved = _reorder(lines, order)
    _store(touched, moved, gone)
    if touched or moved or gone:
        count_change(row)
    saved.budget = sorted(lines.values(), key=lambda line: (line.project_year, line.order, line.pk))
    return saved


@transaction.atomic
def renew_rates(application: Application, *, by, at: datetime) -> int:
    """Convert every line in another currency by the newest rate; gives how many changed.

    Raises `AmountRefused`, `NotWritable` and `RoundClosed`.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    rates = {rate.currency: rate for rate in newest_rates(at)}
    changed = []
    for line in BudgetLine.objects.filter(budget=row.budget_id).exclude(currency=SEK):
        rate = rates.get(line.currency)
        if rate and (rate.rate, rate.valid_on) != (line.rate, line.rate_on):
            _convert(line, line.foreign_price, rate)
            changed.append(line)
    _store(changed, [], [])
    if changed:
        count_change(row)
    return len(changed)


def line_values(line: BudgetLine) -> dict[str, Any]:
    """The values of a line, the way they are typed and fingerprinted."""
    price = line.unit_price_sek if line.foreign_price is None else line.foreign_price
    return {name: getattr(line, name) for name in LINE_FIELDS} | {"price": price}


def mark(values: Mapping[str, Any]) -> str:
    """The fingerprint of a line's values, saved or typed."""
    values = {**values, "cost_type_id": values.get("cost_type_id") or values["cost_type"].pk}
    plain = {name: values[name] for name in (*LINE_FIELDS, "price")}
    return fingerprint({name: _plain(value) for name, value in plain.items()})


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _take_out(
    lines: dict[UUID, BudgetLine], deleted: Mapping[UUID, str | None], saved: SavedLines
) -> list[int]:
    """Take the deleted lines out of `lines`; those changed since they were seen are conflicts."""
    gone = []
    for key in deleted.keys() & lines.keys():
        if deleted[key] not in (None, mark(line_values(lines[key]))):
            saved.conflicts[key] = lines[key]
        else:
            gone.append(lines.pop(key).pk)
    return gone


def _write(
    change: LineChange, row: Application, lines: dict, rates: Mapping, saved: SavedLines
) -> BudgetLine | None:
    """Put the change into its line. None when there is nothing to store."""
    line = lines.get(change.key)
    now = mark(line_values(line)) if line else None
    wanted = mark(change.values)
    if change.was not in (None, now) and wanted != now:
        saved.conflicts[change.key] = line
        return None
    if line is None:
        last = max((other.order for other in lines.values()), default=-1)
        line = BudgetLine(budget_id=row.budget_id, key=change.key, order=last + 1)
        lines[change.key] = line
    saved.lines[change.key] = line
    if wanted == now:
        return None
    _fill(line, change.values, rates)
    return line


def _fill(line: BudgetLine, values: Mapping[str, Any], rates: Mapping) -> None:
    same_currency = line.pk and line.currency == values["currency"]
    for name, value in values.items():
        if name != "price":
            setattr(line, name, value)
    if not line.cost_type.is_pay:
        line.persons = 1
    if line.currency == SEK:
        line.foreign_price = line.rate = line.rate_on = None
        line.rate_source, line.unit_price_sek = "", values["price"]
        line.amount_sek = _amount(line, line.persons, line.quantity, line.unit_price_sek)
    else:
        _convert(line, values["price"], None if same_currency else rates[line.currency])


def _convert(line: BudgetLine, price: Decimal, rate: ExchangeRate | None) -> None:
    """Reckon a line in another currency; by the rate that it has, unless another is given."""
    if rate:
        line.rate, line.rate_on, line.rate_source = rate.rate, rate.valid_on, rate.source
    line.foreign_price = price
    line.unit_price_sek = _amount(line, 1, Decimal(1), price, line.rate)
    line.amount_sek = _amount(line, line.persons, line.quantity, price, line.rate)


def _amount(line: BudgetLine, *factors) -> int:
    """Whole kronor. Raises `AmountRefused`, naming the line."""
    try:
        return line_amount(*factors)
    except AmountError as error:
        raise AmountRefused(line=line.description or line.activity, why=error.text()) from error


def _parties(row: Application, changes: Sequence[LineChange]) -> dict[int, Party]:
    """The application's parties, when lines name any. Raises `NotAParty`."""
    wanted = {change.values["party_id"] for change in changes}
    rows = row.parties.select_related("party__organisation") if wanted else ()
    parties = {each.party_id: each.party for each in rows}
    if wanted - parties.keys():
        raise NotAParty()
    return parties


def _rates(
    changes: Sequence[LineChange], lines: Mapping[UUID, BudgetLine], at: datetime
) -> dict[str, ExchangeRate]:
    """The rates of lines that are new in their currency. Raises `NoExchangeRate`."""
    wanted = {
        change.values["currency"]
        for change in changes
        if change.key not in lines or lines[change.key].currency != change.values["currency"]
    } - {SEK}
    rates = rates_in(lines.values(), at) if wanted else {}
    for currency in wanted - rates.keys():
        raise NoExchangeRate(currency=currency)
    return rates


def _rate_of(line: BudgetLine) -> ExchangeRate:
    return ExchangeRate(
        currency=line.currency, rate=line.rate, valid_on=line.rate_on, source=line.rate_source
    )


def rates_in(lines: Iterable[BudgetLine], at: datetime) -> dict[str, ExchangeRate]:
    """By which rate a new line of a budget is reckoned: the one that the budget goes by already, so
    that it has one for each currency, else the newest."""
    newest = {rate.currency: rate for rate in newest_rates(at)}
    return newest | {line.currency: _rate_of(line) for line in lines if line.rate}


def newest_rates(at: datetime) -> Iterable[ExchangeRate]:
    return ExchangeRate.objects.latest_on(clock.local_date(at))


def _reorder(lines: Mapping[UUID, BudgetLine], order: Sequence[UUID]) -> list[BudgetLine]:
    """Number the lines as they are wanted, unknown ones after; gives those that moved."""
    if not order:
        return []
    place = {key: number for number, key in enumerate(order)}
    wanted = sorted(lines.values(), key=lambda line: place.get(line.key, len(place) + line.order))
    moved = [line for number, line in enumerate(wanted) if line.order != number]
    for number, line in enumerate(wanted):
        line.order = number
    return [line for line in moved if line.pk]


def _store(touched: list[BudgetLine], moved: list[BudgetLine], gone: list[int]) -> None:
    new = [line for line in touched if not line.pk]
    changed = [line for line in touched if line.pk]
    if gone:
        BudgetLine.objects.filter(pk__in=gone).delete()
    if new:
        BudgetLine.objects.bulk_create(new)
    if len(changed) == 1:  # while somebody writes; a quarter of the time that bulk takes
        changed[0].save(update_fields=STORED)
    elif changed:
        BudgetLine.objects.bulk_update(changed, STORED)
    if others := [line for line in moved if line not in changed]:
        BudgetLine.objects.bulk_update(others, ["order"])


STORED = [
    *(name.removesuffix("_id") for name in LINE_FIELDS),
    "foreign_price",
    "rate",
    "rate_on",
    "rate_source",
    "unit_price_sek",
    "amount_sek",
    "order",
]
