"""Seats of the steering group that are neither filled nor explained."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import SEATS, Missing
from partnerships.states import SeatRole, Side
from partnerships.steering import SeatFact, empty_seats


def missing_seats(content: Mapping[str, Any], persons: Mapping[str, Any]) -> Iterable[Missing]:
    names = {(row["party"], row["role"]): row["name"] for row in persons["seats"]}
    facts = [
        SeatFact(
            party=row["party"],
            side=row["side"],
            role=row["role"],
            name=names.get((row["party"], row["role"]), ""),
            vacancy_reason=row["vacancy_reason"],
        )
        for row in content["seats"]
    ]
    parties = [(row["name"], row["side"]) for row in content["parties"] if row["government"]]
    for seat in empty_seats(parties, facts):
        message = _("%(party)s: name a member for the seat %(role)s")
        if seat.side == Side.INTERNATIONAL and seat.role == SeatRole.OPPOSITION:
            message = _("%(party)s: name a member of the opposition, or say why there is none")
        figures = {"party": seat.party, "role": SeatRole(seat.role).label}
        yield Missing(SEATS, f"seat-{seat.role}", message, figures, code="empty_seat")
