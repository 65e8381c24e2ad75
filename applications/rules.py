"""Who may do what with an application. When it may be done is asked by the actions."""

import rules

from accounts.rules import reads_cases
from partnerships.rules import role_in
from partnerships.states import WRITING_ROLES, MembershipRole, Side


def _roles(user, application, side: str | None = None) -> set[str]:
    parties = [p for p in application.parties.all() if side is None or p.side == side]
    return {role_in(user, party.organisation_id) for party in parties} - {None}


@rules.predicate
def is_member_of_a_party(user, application) -> bool:
    return user.is_authenticated and user.is_active and bool(_roles(user, application))


@rules.predicate
def writes_for_a_party(user, application) -> bool:
    return user.is_authenticated and bool(_roles(user, application) & WRITING_ROLES)


@rules.predicate
def coordinates_the_applicant(user, application) -> bool:
    roles = _roles(user, application, Side.SWEDISH) if user.is_authenticated else set()
    return MembershipRole.COORDINATOR in roles


@rules.predicate
def has_been_submitted(user, application) -> bool:
    return application.submitted_once


VIEW = "applications.view_application"
CHANGE = "applications.change_application"
SUBMIT = "applications.submit_application"

can_view = is_member_of_a_party | (reads_cases & has_been_submitted)

rules.add_perm(VIEW, can_view)
rules.add_perm(CHANGE, writes_for_a_party)
rules.add_perm(SUBMIT, coordinates_the_applicant)
