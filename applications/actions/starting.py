"""Beginning an application."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from applications.actions.recording import record
from applications.models import Application, ApplicationParty, Round
from applications.refusals import (
    CountryClosed,
    NoApplicantKind,
    NoSchedule,
    NotInNetwork,
    PhaseNotOffered,
    RoundClosed,
    RoundNotOpen,
    SteeringGroupExists,
)
from funding.models import Budget
from funding.states import Phase
from icld_portal import clock
from partnerships.models import Country, Organisation, OrganisationKind, Partnership, Party
from partnerships.states import Side


@dataclass(frozen=True)
class NewPartner:
    """A partner organisation that is not in the portal yet."""

    name: str
    country: Country
    kind: OrganisationKind


Partner = Organisation | NewPartner | None


@transaction.atomic
def start(
    applicant: Organisation,
    *,
    phase: Phase,
    round: Round,
    by,
    at: datetime,
    partnership: Partnership | None = None,
    partner: Partner = None,
    with_steering_group: bool = False,
) -> list[Application]:
    """Begin a draft, in an existing partnership or a new one.

    Without partnership and partner the draft seeks a partner: it can be written, not submitted.
    `with_steering_group` begins the steering group's own application beside a project, or uses the
    one that the partnership has in the round. Returns the project first. Raises `RoundNotOpen`,
    `RoundClosed`, `NotInNetwork`, `PhaseNotOffered`, `NoSchedule`, `NoApplicantKind`,
    `CountryClosed` and `SteeringGroupExists`.
    """
    ensure_open(round, at)
    ensure_in_network(applicant, round)
    steered = with_steering_group and phase == Phase.PROJECT
    ensure_offered(round, [phase, *([Phase.STEERING_GROUP] if steered else [])])
    if not applicant.kind.may_apply:
        raise NoApplicantKind(organisation=applicant.display_name)
    if partnership is None:
        partnership = new_partnership(applicant, partner, by, at)
    shared = locked_steering_group(partnership, round)
    if shared and phase == Phase.STEERING_GROUP:
        raise SteeringGroupExists(title=shared.title)
    abroad = partnership.parties.filter(side=Side.INTERNATIONAL).select_related(
        "organisation__country"
    )
    for party in abroad:
        ensure_country_open(party.organisation.country, at)
    parties = parties_of(partnership)
    first = draft(partnership, phase, round, parties, by=by, at=at)
    if not steered:
        return [first]
    steering = shared or draft(partnership, Phase.STEERING_GROUP, round, parties, by=by, at=at)
    Application.objects.filter(pk=first.pk).update(steering_application=steering)
    first.steering_application = steering
    return [first, steering]


def ensure_open(round_: Round, at: datetime) -> None:
    """Raises `RoundNotOpen` and `RoundClosed`."""
    ensure_opened(round_, at)
    if at >= round_.closes_at:
        raise RoundClosed(round=round_.name, closes_at=round_.closes_at, received_at=at)


def ensure_opened(round_: Round, at: datetime) -> None:
    """Raises `RoundNotOpen`."""
    if at < round_.opens_at:
        raise RoundNotOpen(round=round_.name, opens_at=round_.opens_at)


def ensure_still_open(application: Application, at: datetime) -> None:
    """As `ensure_open`, by the application's own close. Raises `RoundNotOpen`, `RoundClosed`."""
    round_, closes_at = application.round, application.closes_at
    ensure_opened(round_, at)
    if at >= closes_at:
        raise RoundClosed(round=round_.name, closes_at=closes_at, received_at=at)


def ensure_in_network(applicant: Organisation, round_: Round) -> None:
    """Raises `NotInNetwork`."""
    if round_.network and not round_.network.members.filter(pk=applicant.pk).exists():
        raise NotInNetwork(
            round=round_.name,
            network=round_.network.name,
            organisation=applicant.display_name,
        )


def ensure_offered(round_: Round, phases: Iterable[str]) -> None:
    """Raises `PhaseNotOffered` and `NoSchedule`."""
    offered = round_.offered
    for phase in phases:
        if phase not in offered:
            raise PhaseNotOffered(round=round_.name, phase=str(phase))
    if round_.schedule_id is None:
        raise NoSchedule(round=round_.name)


def locked_steering_group(partnership: Partnership, round_: Round) -> Application | None:
    """The application for the steering group that the partnership's projects of a round share.

    Locks the partnership first, so that two people never begin two of them.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    return Application.objects.steering_group_of(partnership.pk, round_.pk).first()


def ensure_country_open(country: Country, at: datetime) -> None:
    """Raises `CountryClosed` unless a new application may name the country that day."""
    if not Country.objects.open_on(clock.local_date(at)).filter(pk=country.pk).exists():
        raise CountryClosed(country=country.name)


def new_partnership(applicant: Organisation, partner: Partner, by, at: datetime) -> Partnership:
    """Raises `CountryClosed`."""
    partnership = Partnership.objects.create(created_at=at, created_by=by)
    Party.objects.create(
        partnership=partnership, organisation=applicant, side=Side.SWEDISH, lead=True
    )
    if partner is not None:
        Party.objects.create(
            partnership=partnership,
            organisation=organisation_of(partner, at),
            side=Side.INTERNATIONAL,
            lead=True,
        )
    return partnership


def organisation_of(partner: Organisation | NewPartner, at: datetime) -> Organisation:
    """The organisation, made if it is new to the portal. Raises `CountryClosed`."""
    if isinstance(partner, Organisation):
        if partner.country.code != "SE":
            ensure_country_open(partner.country, at)
        return partner
    ensure_country_open(partner.country, at)
    organisation, _made = Organisation.objects.get_or_create(
        country=partner.country,
        display_name=partner.name,
        defaults={"name": partner.name, "kind": partner.kind},
    )
    return organisation


def draft(
    partnership: Partnership,
    phase: Phase,
    round_: Round,
    parties: Iterable[ApplicationParty],
    *,
    by,
    at: datetime,
    budget: Budget | None = None,
    **fields,
) -> Application:
    """Write a draft with these parties and tell the timeline. Checks nothing. Where a round's
    projects begin together, the first day is filled in."""
    if round_.fixed_start:
        fields["starts_on"] = round_.fixed_start
    application = Application.objects.create(
        partnership=partnership,
        phase=phase,
        round=round_,
        budget=budget or Budget.objects.create(),
        created_at=at,
        created_by=by,
        **fields,
    )
    ApplicationParty.objects.bulk_create(
        ApplicationParty(
            application=application,
            party_id=row.party_id,
            organisation_id=row.organisation_id,
            side=row.side,
            lead=row.lead,
        )
        for row in parties
    )
    record(application, "started", at=at, by=by)
    return application


def parties_of(partnership: Partnership) -> list[ApplicationParty]:
    """What an application of the partnership begins with; not saved."""
    return [ApplicationParty(party=party, **_part(party)) for party in partnership.parties.all()]


def _part(party: Party) -> dict[str, object]:
    return {
        "organisation_id": party.organisation_id,
        "side": party.side,
        "lead": party.lead,
    }
