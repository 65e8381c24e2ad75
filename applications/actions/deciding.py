from datetime import datetime

from django.db import transaction

from applications.actions.recording import record
from applications.actions.writing import locked, move
from applications.models import Application
from applications.states import ApplicationState


@transaction.atomic
def announce(
    application: Application, *, outcome: ApplicationState, amount_sek: int, at: datetime, by
) -> None:
    """Let the parties know the outcome: from now on their own pages say it.

    Called by the release of a decision, one floor up, in its transaction. `amount_sek` is the
    whole grant in kronor, 0 for none. Raises `IllegalMove`.
    """
    (row,) = locked([application.pk])
    move(row, outcome, granted_sek=amount_sek or None)
    record(row, "announced", at=at, by=by, outcome=str(outcome), amount_sek=amount_sek)
