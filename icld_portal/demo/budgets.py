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
    description: str
    persons: int
    quantity: Decimal
    unit_price_sek: int

    @property
    def amount_sek(self) -> int:
        return int(self.persons * self.quantity * self.unit_price_sek)


# Side, cost type, what for, persons, per cent of the year's amount, price each.
_PROJECT = [
    (Side.SWEDISH, "LON", "Projektledare och sakkunniga", 2, 31, 4_200),
    (Side.SWEDISH, "RESA_INT", "Flyg för utbytesresor", 1, 24, 13_500),
    (Side.INTERNATIONAL, "LOGI", "Hotell under utbyten", 1, 15, 1_200),
    (Side.SWEDISH, "KOST", "Måltider under utbyten", 1, 6, 450),
    (Side.INTERNATIONAL, "UTR", "Material till aktiviteterna", 1, 0, 0),
]
_STEERING = [
    (Side.SWEDISH, "ARV", "Förtroendevalda på styrgruppens möten", 2, 28, 3_800),
    (Side.SWEDISH, "RESA_INT", "Flyg till styrgruppens möten", 1, 38, 13_500),
    (Side.INTERNATIONAL, "LOGI", "Hotell vid styrgruppens möten", 1, 18, 1_200),
    (Side.SWEDISH, "TOLK", "Tolk och översättning av protokoll", 1, 0, 0),
]
_SHORT = [
    (Side.SWEDISH, "LON", "Samordnare", 1, 22, 4_000),
    (Side.SWEDISH, "RESA_INT", "Flyg för två utbyten", 1, 45, 13_500),
    (Side.INTERNATIONAL, "LOGI", "Hotell under utbyten", 1, 16, 1_200),
    (Side.SWEDISH, "KOMM", "Möten och kommunikation", 1, 0, 0),
]
_KINDS = {Phase.PROJECT: _PROJECT, Phase.STEERING_GROUP: _STEERING}


def lines_for(phase: str, amount_sek: int) -> Iterable[LineFacts]:
    """Lines of one project year that come to exactly `amount_sek`; the last takes what is left."""
    *shares, rest = _KINDS.get(Phase(phase), _SHORT)
    left_sek = amount_sek
    for side, cost_type, what, persons, percent, price in shares:
        count = amount_sek * percent // 100 // (persons * price)
        if count:
            line = LineFacts(side, cost_type, _marked(what), persons, Decimal(count), price)
            left_sek -= line.amount_sek
            yield line
    side, cost_type, what, persons, _percent, _price = rest
    yield LineFacts(side, cost_type, _marked(what), persons, Decimal(1), left_sek)


def _marked(what: str) -> str:
    return f"{what} ({INVENTED})"
