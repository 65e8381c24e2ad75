"""Saying who takes part in an application."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from applications.actions.recording import record
from applications.actions.starting import NewPartner, organisation_of
from applications.actions.writing import (
    allowed,
    count_change,
    ensure_allowed,
    ensure_writable,
    locked,
)
from applications.models import Application, ApplicationParty
from applications.models.tables import MODELS
from applications.row_columns import COLUMNS
from applications.rules import CHANGE, SUBMIT
from applications.states import WRITABLE
from funding.models import BudgetLine
from partnerships.models import Organisation, Party
from partnerships.states import Side


@transaction.atomic
def choose_partner(
    application: Application, partner: Organisation | NewPartner, *, by, at: datetime
) -> None:
    """Name the partner of a draft that sought one.

    Raises `NotAllowed`, `CountryClosed`, `NotWritable` and `RoundClosed`.
    """
    rows = locked_family(application, by, at)
    organisation = organisation_of(partner, at)
    for row in rows:
        _join(row, organisation, Side.INTERNATIONAL, by, at)


@transaction.atomic
def add_party(
    application: Application, partner: Organisation | NewPartner, *, by, at: datetime
) -> None:
    """Add one more party, in Sweden or abroad; the steering group beside it gets it too, if the
    person may change that one. Raises as `choose_partner` does."""
    rows = locked_family(application, by, at)
    organisation = organisation_of(partner, at)
    side = Side.SWEDISH if organisation.country.code == "SE" else Side.INTERNATIONAL
    for row in rows:
        _join(row, organisation, side, by, at)


@transaction.atomic
def remove_party(application: Application, party: ApplicationParty, *, by, at: datetime) -> None:
    """Take a party that does not lead out of the application, with its budget lines and signatory.
    Rows of tables that named it stay, and name nobody. A wish to hand in at the close goes with the
    party of whoever had it, if they may no longer hand in.

    Raises `NotAllowed`, `NotWritable` and `RoundClosed`.
    """
    for row in locked_family(application, by, at):
        rows = ApplicationParty.objects.filter(application=row, party=party.party, lead=False)
        if rows.exists():
            BudgetLine.objects.filter(budget=row.budget_id, party=party.party).delete()
            row.signatories.filter(party=party.party).delete()
            _name_nobody(row, party.party_id)
            rows.delete()
            _forget_wish(row, by, at)
            count_change(row)
            record(row, "party_removed", at=at, by=by, organisation=str(party))


def family(application: Application) -> Sequence[int]:
    """The application with the project or steering group it was started together with."""
    ids = {application.pk, application.steering_application_id} - {None}
    ids |= set(application.projects.values_list("pk", flat=True))
    return sorted(ids)


def locked_family(application: Application, by, at: datetime) -> list[Application]:
    """The application and what of its family may be written, by this person."""
    rows = locked(family(application))
    ensure_allowed(application, CHANGE, by)
    (own,) = [row for row in rows if row.pk == application.pk]
    ensure_writable(own, at)
    writable = [row for row in allowed(rows, CHANGE, by) if row.state in WRITABLE]
    for row in writable:
        ensure_writable(row, at)
    return writable


def _forget_wish(application: Application, by, at: datetime) -> None:
    asker = application.submit_at_close_by
    if asker and not allowed([application], SUBMIT, asker):
        application.submit_at_close_by = None
        application.save(update_fields=["submit_at_close_by"])
        record(application, "close_not_asked", at=at, by=by)


def _name_nobody(application: Application, party_id: int) -> None:
    """Counted as a change of each row, so that whoever has it open is told."""
    for kind, table in COLUMNS.items():
        if table.party:
            named = MODELS[kind].objects.filter(application=application, **{table.party: party_id})
            named.update(**{table.party: None, "version": F("version") + 1})


def _join(application: Application, organisation: Organisation, side: Side, by, at) -> None:
    same_side = application.partnership.parties.filter(side=side, lead=True)
    party, _made = Party.objects.get_or_create(
        partnership_id=application.partnership_id,
        organisation=organisation,
        defaults={"side": side, "lead": not same_side.exists()},
    )
    _row, joined = ApplicationParty.objects.get_or_create(
        application=application,
        organisation=organisation,
        defaults={"party": party, "side": party.side, "lead": party.lead},
    )
    if joined:
        count_change(application)
        record(application, "party_added", at=at, by=by, organisation=str(organisation))
