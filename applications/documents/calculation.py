"""What a partnership may apply for by the choices somebody tries: the calculator's answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from applications.documents.rules_told import Plan, Told, rules_told
from applications.documents.terms import Terms
from funding import periods
from funding.ceilings import MIXED_REGIONS, CeilingResult
from funding.models import CostType
from funding.states import CeilingKind, Phase
from icld_portal.formats import day
from partnerships.models import Country


@dataclass(frozen=True)
class Wish:
    """What somebody would apply for. `countries` are the partners', the lead partner's first."""

    phase: Phase
    countries: Sequence[Country]
    swedish: int
    foreign: int
    starts_on: date
    ends_on: date

    @property
    def multi_party(self) -> bool:
        return max(self.swedish, self.foreign) > 1

    @property
    def years(self) -> int:
        return periods.started_years(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Year:
    """A project year; `amount_sek` is None where the amount is for the whole period."""

    number: int
    first_day: date
    last_day: date
    amount_sek: int | None


@dataclass(frozen=True)
class Calculation:
    """The answer, ready to be shown in the active language."""

    wish: Wish
    result: CeilingResult
    years: Sequence[Year]
    rules: Sequence[Told]
    notes: Sequence[str]
    cost_types: Sequence[CostType]

    @property
    def label(self):
        return CeilingKind(self.result.kind).label

    @property
    def is_guideline(self) -> bool:
        return self.result.kind == CeilingKind.GUIDELINE


def calculate(wish: Wish, terms: Terms) -> Calculation:
    """The ceiling by the terms' schedule, with all that goes with it. Raises `MissingCell`."""
    result = terms.schedule.ceiling_for(
        phase=wish.phase,
        regions=[country.region for country in wish.countries],
        multi_party=wish.multi_party,
        years=wish.years,
        part_year=periods.has_part_year(wish.starts_on, wish.ends_on),
    )
    return Calculation(
        wish=wish,
        result=result,
        years=_years(wish, result),
        rules=list(rules_told(_plan(wish, terms, result), terms.schedule.parameters)),
        notes=list(_notes(wish, terms, result)),
        cost_types=list(CostType.objects.filter(phases__contains=[wish.phase])),
    )


def _years(wish: Wish, result: CeilingResult) -> list[Year]:
    spans = periods.year_spans(wish.starts_on, wish.ends_on)
    amounts = result.per_year or (None,) * len(spans)
    return [
        Year(number, *span, amount)
        for number, (span, amount) in enumerate(zip(spans, amounts, strict=True), start=1)
    ]


def _plan(wish: Wish, terms: Terms, result: CeilingResult) -> Plan:
    return Plan(
        phase=wish.phase,
        amount_sek=result.amount_sek,
        years=wish.years,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        earliest_start=terms.round.earliest_start if terms.round else None,
    )


def _notes(wish: Wish, terms: Terms, result: CeilingResult) -> Iterable[str]:
    """What changes no amount but is good to know."""
    round_ = terms.round
    if round_ and round_.earliest_start and wish.starts_on < round_.earliest_start:
        message = _("In the round %(round)s the first day can be %(earliest)s at the earliest.")
        yield message % {"round": round_.name, "earliest": day(round_.earliest_start)}
    if round_ and wish.phase not in {row.phase for row in round_.phases.all()}:
        message = _("In the round %(round)s one cannot apply for %(phase)s.")
        yield message % {"round": round_.name, "phase": wish.phase.label}
    if MIXED_REGIONS in result.flags:
        yield _("The partners are in several regions, so ICLD looks at the amount specially.")
