from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.actions.seating import seat_values
from applications.forms.guarded import GuardedForm, LineField, ProseField
from applications.models import Application, ApplicationParty
from partnerships.models import Party, SteeringGroup
from partnerships.states import SeatRole, Side
from partnerships.steering import vacancy_allowed

REASON_LIMIT = 1000
NO_OPPOSITION = _("If the elected assembly has no opposition: say so, and who sits there instead")
PLAN = _("If nobody has been appointed yet: when will it be done, and by whom?")


@dataclass(frozen=True)
class SeatRow:
    """The fields of one seat, for the page."""

    role: SeatRole
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class PartyRows:
    party: ApplicationParty
    seats: list[SeatRow]


class SeatsForm(GuardedForm):
    """Four seats for every party that is a local or regional government."""

    def __init__(self, application: Application, data=None) -> None:
        saved = seat_values(_group_of(application))
        self.parties = [
            party
            for party in application.parties.all()
            if party.organisation.kind.counts_as_government
        ]
        super().__init__(data, saved=saved, initial=dict(self._initial(saved)))
        for party in self.parties:
            for role in SeatRole:
                self._add_seat(party, role)

    @property
    def rows(self) -> list[PartyRows]:
        return [
            PartyRows(party, [SeatRow(role, self._fields_of(party, role)) for role in SeatRole])
            for party in self.parties
        ]

    @property
    def seats(self) -> dict[tuple[Party, str], dict[str, str]]:
        """What `actions.save_seats` wants. Only of a valid form."""
        parties = Party.objects.in_bulk([party.party_id for party in self.parties])
        return {
            (parties[party.party_id], role.value): self._values(party, role)
            for party in self.parties
            for role in SeatRole
        }

    def _add_seat(self, party: ApplicationParty, role: SeatRole) -> None:
        place = _place(party, role)
        whose = f"{party.organisation.display_name}, {role.label}"
        for part, label in (("name", _("Name")), ("title", _("Title or assignment"))):
            field = LineField(label=label, required=False, max_length=150)
            field.long_label = f"{whose}: {label}"
            self.fields[f"{place}-{part}"] = field
        if vacancy_allowed(party.side, role):
            question = PLAN if party.side == Side.SWEDISH else NO_OPPOSITION
            field = ProseField(label=question, required=False, limit=REASON_LIMIT, rows=2)
            field.long_label = f"{whose}: {question}"
            self.fields[f"{place}-vacancy_reason"] = field

    def _fields_of(self, party: ApplicationParty, role: SeatRole) -> list[forms.BoundField]:
        names = (f"{_place(party, role)}-{part}" for part in ("name", "title", "vacancy_reason"))
        return [self[name] for name in names if name in self.fields]

    def _values(self, party: ApplicationParty, role: SeatRole) -> dict[str, str]:
        place = _place(party, role)
        return {
            part: self.cleaned_data.get(f"{place}-{part}", "")
            for part in ("name", "title", "vacancy_reason")
        }

    def _initial(self, saved: dict[str, list[str]]) -> Iterable[tuple[str, Any]]:
        for party in self.parties:
            for role in SeatRole:
                values = saved.get(f"{party.party_id} {role}", ["", "", ""])
                for part, value in zip(("name", "title", "vacancy_reason"), values, strict=True):
                    yield f"{_place(party, role)}-{part}", value


def _place(party: ApplicationParty, role: SeatRole) -> str:
    return f"{party.party_id}-{role}"


def _group_of(application: Application) -> SteeringGroup | None:
    groups = SteeringGroup.objects.filter(partnership_id=application.partnership_id)
    return groups.prefetch_related("seats").first()
