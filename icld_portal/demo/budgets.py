"""Splitting an amount into budget lines that keep the rules and come out exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from funding.states import Phase
from partnerships.states import Side

INVENTED = "påhittat belopp"
"""Stands in every line: the amounts of the demo's cases are not the real ones."""


@dataclass(frozen=True)
class LineFacts:
    """One line: persons × quantity × price, whole kronor."""

    side: str
    cost_type: str
    activity: str
    description: str
    persons: int
    quantity: Decimal
    unit: str
    unit_price_sek: int

    @property
    def amount_sek(self) -> int:
        return int(self.persons * self.quantity * self.unit_price_sek)


OUT, HOME, WORK = "Utbyte hos samarbetsparten", "Utbyte i Sverige", "Arbete mellan utbytena"

# Side, cost type, activity, what for, persons, per cent of the year's amount, price each, unit.
_PROJECT = [
    (Side.SWEDISH, "LON", WORK, "Projektledare och sakkunniga", 2, 31, 4_200, ""),
    (Side.SWEDISH, "RESA_INT", OUT, "Flyg för den svenska gruppen", 1, 12, 11_500, "resor"),
    (Side.INTERNATIONAL, "RESA_INT", HOME, "Flyg för partnerns grupp", 1, 12, 11_500, "resor"),
    (Side.INTERNATIONAL, "LOGI", HOME, "Hotell", 1, 15, 1_200, "nätter"),
    (Side.SWEDISH, "KOST", HOME, "Måltider", 1, 6, 450, "måltider"),
    (Side.INTERNATIONAL, "UTR", WORK, "Material till aktiviteterna", 1, 0, 0, ""),
]
_STEERING = [
    (Side.SWEDISH, "ARV", WORK, "Förtroendevalda på styrgruppens möten", 2, 28, 3_800, ""),
    (Side.SWEDISH, "RESA_INT", OUT, "Flyg till styrgruppens möte", 1, 19, 11_500, "resor"),
    (Side.INTERNATIONAL, "RESA_INT", HOME, "Flyg till styrgruppens möte", 1, 19, 11_500, "resor"),
    (Side.INTERNATIONAL, "LOGI", HOME, "Hotell", 1, 18, 1_200, "nätter"),
    (Side.SWEDISH, "TOLK", WORK, "Tolk och översättning av protokoll", 1, 0, 0, ""),
]
_SHORT = [
    (Side.SWEDISH, "LON", WORK, "Samordnare", 1, 22, 4_000, ""),
    (Side.SWEDISH, "RESA_INT", OUT, "Flyg för den svenska gruppen", 1, 22, 11_500, "resor"),
    (Side.INTERNATIONAL, "RESA_INT", HOME, "Flyg för partnerns grupp", 1, 22, 11_500, "resor"),
    (Side.INTERNATIONAL, "LOGI", HOME, "Hotell", 1, 16, 1_200, "nätter"),
    (Side.SWEDISH, "KOMM", WORK, "Möten och kommunikation", 1, 0, 0, ""),
]
_KINDS = {Phase.PROJECT: _PROJECT, Phase.STEERING_GROUP: _STEERING}


def lines_for(phase: str, amount_sek: int) -> Iterable[LineFacts]:
    """Lines of one project year that come to exactly `amount_sek`; the last takes what is left."""
    *shares, rest = _KINDS.get(Phase(phase), _SHORT)
    left_sek = amount_sek
    for side, cost_type, activity, what, persons, percent, price, unit in shares:
        count = amount_sek * percent // 100 // (persons * price)
        if cost_type == "RESA_INT":
            count = max(count, min(1, amount_sek // (4 * price)))  # a visit needs a journey
        if count:
            line = LineFacts(
                side, cost_type, activity, _marked(what), persons, Decimal(count), unit, price
            )
            left_sek -= line.amount_sek
            yield line
    side, cost_type, activity, what, persons, _percent, _price, unit = rest
    yield LineFacts(side, cost_type, activity, _marked(what), persons, Decimal(1), unit, left_sek)


def _marked(what: str) -> str:
    return f"{what} ({INVENTED})"
