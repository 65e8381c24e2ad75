"""What is measured on: a project over three years with a budget of sixty lines."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from accounts.models import User
from applications import actions
from applications.actions import LineChange
from applications.models import Application, Round
from funding.models import CostType
from funding.states import Phase
from icld_portal.management.commands.load_reference import FLOORS
from partnerships.models import Country, Membership, Organisation, OrganisationKind
from partnerships.states import MembershipRole

YEARS = 3
LINES = 60
CYCLE = ("LON", "RESA_INT", "LOGI", "KOST", "TOLK", "RESA_INT", "LOKAL", "UTR", "REV", "ARV")


@dataclass(frozen=True)
class Scene:
    coordinator: User
    application: Application


def make(at: datetime) -> Scene:
    """Everything anew, through the same actions as the pages use."""
    for floor in FLOORS:
        floor.load(at)
    ours = Organisation.objects.get(kommun_code="1280")
    user = User.objects.create_user("malmo@example.org", None, name="Anna Ek")
    role = MembershipRole.COORDINATOR
    Membership.objects.create(user=user, organisation=ours, role=role)
    project, _steering = actions.start(
        ours,
        phase=Phase.PROJECT,
        round=open_round(at),
        partner=_partner(),
        with_steering_group=True,
        by=user,
        at=at,
    )
    first, last = date(at.year + 1, 1, 1), date(at.year + YEARS, 12, 31)
    actions.save_details(project, {"starts_on": first, "ends_on": last}, by=user, at=at)
    actions.save_lines(project, list(_lines(project)), by=user, at=at)
    return Scene(user, Application.objects.for_pages().get(pk=project.pk))


def open_round(at: datetime) -> Round:
    """A round of this year that is open just now, and alone: two never take the same phase."""
    found = Round.objects.filter(year=at.year).earliest("opens_at")
    Round.objects.exclude(pk=found.pk).delete()
    found.opens_at, found.closes_at = at - timedelta(days=1), at + timedelta(days=30)
    found.save()
    return found


def _partner() -> Organisation:
    return Organisation.objects.create(
        kind=OrganisationKind.objects.get(key="local_government"),
        country=Country.objects.get(code="ZM"),
        name="Lusaka City Council",
        display_name="Lusaka City Council",
    )


def _lines(project: Application):
    """As many a year, with pay and travel among them, and some over the limits."""
    types = {row.key: row for row in CostType.objects.all()}
    party = project.partnership.parties.get(side="swedish")
    for number in range(LINES):
        values = {
            "project_year": number * YEARS // LINES + 1,
            "party_id": party.pk,
            "cost_type": types[CYCLE[number % len(CYCLE)]],
            "activity": f"Workshop {number % 4}",
            "description": f"Cost {number}",
            "persons": 2,
            "quantity": Decimal("2.5"),
            "unit": "",
            "currency": "SEK",
            "price": 4300 + 10 * number,
        }
        yield LineChange(uuid4(), values)
