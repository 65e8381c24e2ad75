"""What one ceiling schedule changes in another: cell by cell, and the limits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_percent
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from funding.budget_rules import Parameters
from funding.ceilings import Cell
from funding.schedule_checks import every_place, place_of
from funding.states import Basis, CeilingKind
from icld_portal.formats import MINUS, NBSP, kronor, percent_exact, quantity

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True)
class Change:
    """One value before and after, with how a value and a difference are written.

    `before` and `after` are None where a schedule has no such value. `comparable` is False where
    the two count different things (in total, per year), so that no difference can be told. `name`
    is the schedule's field, of a limit.
    """

    what: str
    before: int | Decimal | None
    after: int | Decimal | None
    written: Callable[[int | Decimal], str] = kronor
    told: Callable[[int | Decimal], str] = kronor
    before_terms: str = ""
    after_terms: str = ""
    comparable: bool = True
    name: str = ""

    @property
    def difference(self) -> int | Decimal | None:
        """After less before: above zero where it has risen."""
        if self.before is None or self.after is None or not self.comparable:
            return None
        return self.after - self.before

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of what was before."""
        return Decimal(self.difference) / self.before if self.difference and self.before else None

    def before_text(self) -> str:
        return self._text(self.before, self.before_terms)

    def after_text(self) -> str:
        return self._text(self.after, self.after_terms)

    def difference_text(self) -> str:
        return _signed(self.difference, self.told) if self.difference else NOTHING

    def share_text(self) -> str:
        return NOTHING if self.share is None else _signed(self.share, _share_text)

    def _text(self, value: int | Decimal | None, terms: str) -> str:
        if value is None:
            return _("no amount")
        return ", ".join(filter(None, (self.written(value), terms)))


def changed_cells(before: Iterable[Cell], after: Iterable[Cell]) -> list[Change]:
    """Every cell that is not the same, in the order of the table."""
    old = {place_of(cell): cell for cell in before}
    new = {place_of(cell): cell for cell in after}
    return [
        _cell_change(str(place), old.get(place), new.get(place))
        for place in every_place()
        if old.get(place) != new.get(place)
    ]


def changed_limits(before: Parameters, after: Parameters) -> list[Change]:
    """The limits of the budget rules that are not the same."""
    limits = (
        Change(
            _("Highest price a day"),
            before.max_day_rate_sek,
            after.max_day_rate_sek,
            name="max_day_rate_sek",
        ),
        Change(
            _("Salaries and fees at most"),
            before.max_pay_share * 100,
            after.max_pay_share * 100,
            written=percent_exact,
            told=_percentage_points,
            name="max_pay_percent",
        ),
        Change(
            _("Exchange visits a year, at least"),
            before.min_visits_a_year,
            after.min_visits_a_year,
            written=str,
            told=str,
            name="min_visits_a_year",
        ),
    )
    return [limit for limit in limits if limit.difference]


def _cell_change(what: str, before: Cell | None, after: Cell | None) -> Change:
    terms_differ = bool(before and after) and _terms(before) != _terms(after)
    return Change(
        what,
        before.amount_sek if before else None,
        after.amount_sek if after else None,
        before_terms=_terms(before) if terms_differ else "",
        after_terms=_terms(after) if terms_differ else "",
        comparable=not (before and after) or before.basis == after.basis,
    )


def _terms(cell: Cell) -> str:
    """Basis and kind in words: "per project year, guideline amount"."""
    return f"{Basis(cell.basis).label}, {CeilingKind(cell.kind).label}".lower()


def _signed(value: int | Decimal, told: Callable[[int | Decimal], str]) -> str:
    return (MINUS if value < 0 else "+") + told(abs(value))


def _share_text(value: Decimal) -> str:
    space = "" if get_language() == "en" else NBSP
    return format_percent(value, f"#,##0.0{space}%", locale=get_language() or "sv")


def _percentage_points(value: Decimal) -> str:
    points = ngettext(
        "%(count)s percentage point", "%(count)s percentage points", 1 if value == 1 else 2
    )
    return points % {"count": quantity(value)}
