"""Two parties or many, and what that makes of the ceiling."""

from dataclasses import dataclass

from applications.documents.snapshot import ceiling_by, is_multi_party
from applications.models import Application
from funding.states import Basis


@dataclass(frozen=True)
class PartyModel:
    """Amounts in whole kronor, per project year or in total; None where nothing is known yet."""

    multi_party: bool
    amount_sek: int | None
    other_sek: int | None
    per_year: bool


def party_model(application: Application) -> PartyModel:
    """What the parties make of the ceiling, and what it would be the other way round."""
    parties = list(application.parties.all())
    multi_party = is_multi_party(parties)
    schedule, phase = application.round.schedule, application.phase
    ceilings = [
        ceiling_by(schedule, phase, parties, years=1, multi_party=model)
        for model in (multi_party, not multi_party)
    ]
    known = next((ceiling for ceiling in ceilings if ceiling), None)
    return PartyModel(
        multi_party,
        *(ceiling.amount_sek if ceiling else None for ceiling in ceilings),
        per_year=bool(known and known.basis == Basis.PER_YEAR),
    )
