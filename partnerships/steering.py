"""When is a steering group complete? (domain section 0.6)"""

from collections.abc import Iterable
from dataclasses import dataclass

from partnerships.states import SeatRole, Side


@dataclass(frozen=True)
class SeatFact:
    """One seat as it was filled in: a name, or why it has none."""

    party: str
    side: str
    role: str
    name: str = ""
    vacancy_reason: str = ""

    @property
    def settled(self) -> bool:
        return bool(self.name.strip() or self.vacancy_reason.strip())


@dataclass(frozen=True)
class EmptySeat:
    """A required seat with neither a name nor an accepted reason."""

    party: str
    side: str
    role: str


def vacancy_allowed(side: str, role: str) -> bool:
    """May this seat have a reason instead of a name?

    Abroad only the opposition seat, since some elected assemblies have none; in Sweden any seat,
    with a dated plan for when it is filled.
    """
    return side == Side.SWEDISH or role == SeatRole.OPPOSITION


def empty_seats(parties: Iterable[tuple[str, str]], seats: Iterable[SeatFact]) -> list[EmptySeat]:
    """The required seats, one of each role for every (party, side), that are not settled."""
    settled = {
        (seat.party, seat.role)
        for seat in seats
        if seat.name.strip() or (seat.settled and vacancy_allowed(seat.side, seat.role))
    }
    return [
        EmptySeat(party, side, role)
        for party, side in parties
        for role in SeatRole.values
        if (party, role) not in settled
    ]
