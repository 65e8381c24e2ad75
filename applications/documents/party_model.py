"""Two parties or many, and what that makes of the ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass

from applications.documents.snapshot import cell, is_multi_party
from applications.models import Application, ApplicationParty
from funding.ceilings import CeilingResult, Cell, MissingCell, ceiling_for
from funding.states import Basis
from partnerships.states import Side


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
    schedule = application.round.schedule
    cells = [cell(row) for row in schedule.cells.all()] if schedule else []
    ceilings = [
        _one_year(application, cells, parties, model) for model in (multi_party, not multi_party)
    ]
    known = next((ceiling for ceiling in ceilings if ceiling), None)
    return PartyModel(
        multi_party,
        *(ceiling.amount_sek if ceiling else None for ceiling in ceilings),
        per_year=bool(known and known.basis == Basis.PER_YEAR),
    )


def _one_year(
    application: Application,
    cells: Sequence[Cell],
    parties: Sequence[ApplicationParty],
    multi_party: bool,
) -> CeilingResult | None:
    abroad = [party for party in parties if party.side == Side.INTERNATIONAL]
    schedule = application.round.schedule
    if not (abroad and schedule):
        return None
    lead_first = sorted(abroad, key=lambda party: not party.lead)
    try:
        return ceiling_for(
            cells,
            phase=application.phase,
            regions=[party.organisation.country.region for party in lead_first],
            multi_party=multi_party,
            years=1,
            schedule=schedule.key,
            source=schedule.source,
        )
    except MissingCell:
        return None
