"""Who leads the international side of an application."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Q, Value, When

from applications.actions.recording import record
from applications.actions.taking_part import locked_family
from applications.actions.writing import count_change
from applications.models import Application, ApplicationParty
from partnerships.states import Side


@transaction.atomic
def let_lead(application: Application, party: ApplicationParty, *, by, at: datetime) -> None:
    """Let another partner abroad lead: its country's region decides the ceiling, and the one that
    led can then be removed. The steering group beside it follows, if the person may change it.

    Raises `NotAllowed`, `NotWritable` and `RoundClosed`.
    """
    for row in locked_family(application, by, at):
        abroad = ApplicationParty.objects.filter(application=row, side=Side.INTERNATIONAL)
        chosen = Q(party=party.party_id)
        if abroad.filter(chosen, lead=False).exists():
            leads = Case(When(chosen, then=Value(True)), default=Value(False))
            abroad.update(lead=leads)
            count_change(row)
            record(row, "lead_changed", at=at, by=by, organisation=str(party))
