from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from applications.actions.writing import (
    count_change,
    ensure_unchanged,
    ensure_writable,
    locked,
)
from applications.fingerprints import fingerprint
from applications.models import Application
from partnerships.models import Party, Seat, SteeringGroup

SeatValues = Mapping[tuple[Party, str], Mapping[str, str]]


@transaction.atomic
def save_seats(
    application: Application, seats: SeatValues, *, by, at: datetime, was: str | None = None
) -> None:
    """Who sits in the partnership's steering group: (party, role) → name, title, vacancy_reason.

    The group belongs to the partnership, so every application of it that shows the group and can
    still be handed in counts a change. Raises `StaleForm`, `NotWritable` and `RoundClosed`.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    SteeringGroup.objects.get_or_create(partnership_id=row.partnership_id)
    group = SteeringGroup.objects.select_for_update().get(partnership_id=row.partnership_id)
    ensure_unchanged(was, fingerprint(seat_values(group)))
    for (party, role), values in seats.items():
        Seat.objects.update_or_create(
            steering_group=group, party=party, role=role, defaults=dict(values)
        )
    for sibling in Application.objects.showing_seats_of(row.partnership_id, at):
        count_change(sibling)


def seat_values(group: SteeringGroup | None) -> dict[str, list[str]]:
    """The saved seats, the way they are fingerprinted."""
    if group is None:
        return {}
    return {
        f"{seat.party_id} {seat.role}": [seat.name, seat.title, seat.vacancy_reason]
        for seat in group.seats.all()
    }
