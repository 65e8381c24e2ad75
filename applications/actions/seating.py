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
from applications.states import WRITABLE
from partnerships.models import Party, Seat, SteeringGroup

SEAT_FIELDS = ("name", "title", "vacancy_reason")
EMPTY = ["", "", ""]

SeatValues = Mapping[tuple[Party, str], Mapping[str, str]]


@transaction.atomic
def save_seats(
    application: Application, seats: SeatValues, *, by, at: datetime, was: str | None = None
) -> None:
    """Who sits in the partnership's steering group: (party, role) → name, title, vacancy_reason.

    The group belongs to the partnership, so every application of it that shows the group and can
    still be handed in counts a change; the same values again change nothing. Raises `StaleForm`,
    `NotWritable` and `RoundClosed`.
    """
    rows = _locked_with_siblings(application, at)
    SteeringGroup.objects.get_or_create(partnership_id=application.partnership_id)
    group = SteeringGroup.objects.select_for_update().get(partnership_id=application.partnership_id)
    saved = seat_values(group)
    ensure_unchanged(was, fingerprint(saved))
    changed = {
        (party, role): values
        for (party, role), values in seats.items()
        if [values[name] for name in SEAT_FIELDS] != saved.get(f"{party.pk} {role}", EMPTY)
    }
    for (party, role), values in changed.items():
        Seat.objects.update_or_create(
            steering_group=group, party=party, role=role, defaults=dict(values)
        )
    if changed:
        for row in rows:
            count_change(row)


def _locked_with_siblings(application: Application, at: datetime) -> list[Application]:
    """All that will count a change, locked in one go before the group: in one order for all."""
    siblings = Application.objects.showing_seats_of(application.partnership_id, at)
    rows = locked([application.pk, *siblings.values_list("pk", flat=True)])
    (own,) = [row for row in rows if row.pk == application.pk]
    ensure_writable(own, at)
    waiting = Application.objects.handed_in_with_seats_of(application.partnership_id, at)
    if late := waiting.exclude(pk=own.pk).select_related("round").first():
        ensure_writable(late, at)
    return [row for row in rows if row.state in WRITABLE]


def seat_values(group: SteeringGroup | None) -> dict[str, list[str]]:
    """The saved seats, the way they are fingerprinted."""
    if group is None:
        return {}
    return {
        f"{seat.party_id} {seat.role}": [getattr(seat, name) for name in SEAT_FIELDS]
        for seat in group.seats.all()
    }
