"""What a partnership may ask for, and how that sum came about.

Amounts are whole kronor. The cells come from one schedule and are never mixed with another's; the
years only multiply amounts that are per year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from funding.states import Basis, CeilingKind
from funding.wording import worded

if TYPE_CHECKING:
    from funding.wording import Text

MIXED_REGIONS = "mixed_regions"
PART_YEAR = "part_year"

STEP_TEXTS = {
    "phase": _("The application is for: %(phase)s."),
    "region": _("The lead partner's country is in %(region)s."),
    MIXED_REGIONS: _(
        "The partners are in several regions (%(regions)s). The highest amount counts: "
        "that of %(region)s."
    ),
    "bilateral": _("Bilateral: one municipality or region on each side."),
    "multi_party": _("Multi-party: several municipalities or regions on at least one side."),
    Basis.TOTAL: _("The amount is %(amount_sek)s in total, however long the period is."),
    Basis.PER_YEAR: _("The amount is %(amount_sek)s per project year."),
    "years": ngettext_lazy(
        "%(years)d started year of %(per_year_sek)s is %(amount_sek)s.",
        "%(years)d started years of %(per_year_sek)s are %(amount_sek)s.",
        "years",
    ),
    PART_YEAR: _("The last year is shorter than twelve months. It counts as a whole year."),
    CeilingKind.MAX: _("This is a ceiling: you cannot apply for more."),
    CeilingKind.GUIDELINE: _(
        "This is a guideline amount: to ask for more, give a reason that ICLD can accept."
    ),
}


@dataclass(frozen=True)
class Cell:
    """One amount of a schedule."""

    phase: str
    region: str
    multi_party: bool
    amount_sek: int
    basis: str
    kind: str


@dataclass(frozen=True)
class Step:
    """One link in the explanation: figures as plain values, said in words by `text()`.

    `source` names the document that the figure stands in; empty where there is none to name.
    """

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    source: "Text" = ""

    def text(self) -> str:
        return worded(STEP_TEXTS[self.code], self.figures)


@dataclass(frozen=True)
class CeilingResult:
    """What may be applied for. `per_year` has one amount per project year, none for a total."""

    amount_sek: int
    per_year_sek: int | None
    per_year: tuple[int, ...]
    years: int
    basis: str
    kind: str
    schedule: str
    source: "Text"
    steps: tuple[Step, ...]
    flags: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """For JSON: the same figures, with the steps told in the active language."""
        return {
            "amount_sek": self.amount_sek,
            "per_year_sek": self.per_year_sek,
            "per_year": list(self.per_year),
            "years": self.years,
            "basis": str(self.basis),
            "kind": str(self.kind),
            "schedule": self.schedule,
            "source": str(self.source),
            "flags": list(self.flags),
            "steps": [
                {"code": str(step.code), "text": step.text(), "source": str(step.source)}
                for step in self.steps
            ],
        }


class MissingCell(LookupError):
    """The schedule has no amount for this combination. `text()` says so to a person."""

    code = "missing_cell"
    bilateral = _("Schedule %(schedule)s has no bilateral amount for %(phase)s in %(region)s.")
    multi_party = _("Schedule %(schedule)s has no multi-party amount for %(phase)s in %(region)s.")

    def __init__(self, *, schedule: str, phase: str, region: str, multi_party: bool) -> None:
        super().__init__(self.code)
        self.figures = {
            "schedule": schedule,
            "phase": phase,
            "region": region,
            "multi_party": multi_party,
        }

    def text(self) -> str:
        message = self.multi_party if self.figures["multi_party"] else self.bilateral
        return worded(message, self.figures)


def ceiling_for(
    cells: Iterable[Cell],
    *,
    phase: str,
    regions: Sequence[str],
    multi_party: bool,
    years: int,
    schedule: str,
    source: "Text",
    part_year: bool = False,
) -> CeilingResult:
    """The ceiling by one schedule, with its explanation.

    `regions` are those of the partners' countries, the lead partner's first. A bilateral
    partnership goes by the lead's alone; a multi-party one across regions takes the highest and is
    flagged `mixed_regions`. `years` are started project years; `part_year` says that the last one
    is short, which changes no amount but is flagged. Raises `MissingCell`, and `ValueError` for
    no years or no region.
    """
    if years < 1 or not regions:
        raise ValueError(f"a ceiling needs a region and at least one year: {regions!r}, {years!r}")
    places = list(dict.fromkeys(regions)) if multi_party else [regions[0]]
    by_place = {(cell.phase, cell.region, cell.multi_party): cell for cell in cells}
    rows = [_found(by_place, schedule, phase, place, multi_party) for place in places]
    cell = max(rows, key=lambda row: _for_period(row, years))  # a tie goes to the lead's region
    per_year = cell.basis == Basis.PER_YEAR
    flags = _flags(mixed=len(places) > 1, part_year=part_year and per_year)
    return CeilingResult(
        amount_sek=_for_period(cell, years),
        per_year_sek=cell.amount_sek if per_year else None,
        per_year=(cell.amount_sek,) * years if per_year else (),
        years=years,
        basis=cell.basis,
        kind=cell.kind,
        schedule=schedule,
        source=source,
        steps=tuple(_steps(cell, places, years, flags, source)),
        flags=flags,
    )


def _found(
    by_place: Mapping[tuple[str, str, bool], Cell],
    schedule: str,
    phase: str,
    region: str,
    multi_party: bool,
) -> Cell:
    cell = by_place.get((phase, region, multi_party))
    if cell is None:
        raise MissingCell(schedule=schedule, phase=phase, region=region, multi_party=multi_party)
    return cell


def _for_period(cell: Cell, years: int) -> int:
    return cell.amount_sek * years if cell.basis == Basis.PER_YEAR else cell.amount_sek


def _flags(*, mixed: bool, part_year: bool) -> tuple[str, ...]:
    return tuple(
        flag for flag, is_set in [(MIXED_REGIONS, mixed), (PART_YEAR, part_year)] if is_set
    )


def _steps(
    cell: Cell, regions: list[str], years: int, flags: tuple[str, ...], source: "Text"
) -> Iterable[Step]:
    """The explanation in the order a person would tell it."""
    yield Step("phase", {"phase": cell.phase})
    if MIXED_REGIONS in flags:
        yield Step(MIXED_REGIONS, {"region": cell.region, "regions": tuple(regions)})
    else:
        yield Step("region", {"region": cell.region})
    yield Step("multi_party" if cell.multi_party else "bilateral")
    yield Step(cell.basis, {"amount_sek": cell.amount_sek}, source)
    if cell.basis == Basis.PER_YEAR:
        sums = {"per_year_sek": cell.amount_sek, "amount_sek": _for_period(cell, years)}
        yield Step("years", {"years": years, **sums})
    if PART_YEAR in flags:
        yield Step(PART_YEAR)
    yield Step(cell.kind, {}, source)
