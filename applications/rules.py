"""Who may do what with an application. When it may be done is asked by the actions."""

import rules

from accounts.rules import is_admin, is_decider, is_officer, reads_cases
from partnerships.rules import role_in
from partnerships.states import WRITING_ROLES, MembershipRole, Side


def _roles(user, application, side: str | None = None) -> set[str]:
    parties = [p for p in application.parties.all() if side is None or p.side == side]
    return {role_in(user, party.organisation_id) for party in parties} - {None}


@rules.predicate
def is_member_of_a_party(user, application) -> bool:
    return user.is_authenticated and user.is_active and bool(_roles(user, application))


@rules.predicate
def is_member_of_a_swedish_party(user, application) -> bool:
    return is_member_of_a_party(user, application) and bool(_roles(user, application, Side.SWEDISH))


@rules.predicate
def writes_for_a_party(user, application) -> bool:
    return user.is_authenticated and bool(_roles(user, application) & WRITING_ROLES)


@rules.predicate
def coordinates_the_applicant(user, application) -> bool:
    roles = _roles(user, application, Side.SWEDISH) if user.is_authenticated else set()
    return MembershipRole.COORDINATOR in roles


@rules.predicate
def coordinates_a_party(user, application) -> bool:
    roles = _roles(user, application) if user.is_authenticated else set()
    return MembershipRole.COORDINATOR in roles


def asks_for(user, application, organisation) -> bool:
    """Who sends the link to a party's signatory, or registers its paper: a coordinator of the
    applicant for every party, a partner's coordinator for their own."""
    own = [p for p in application.parties.all() if str(p.organisation.public_id) == organisation]
    coordinates = any(
        role_in(user, party.organisation_id) == MembershipRole.COORDINATOR for party in own
    )
    return coordinates or coordinates_the_applicant(user, application)


@rules.predicate
def has_been_submitted(user, application) -> bool:
    return application.submitted_once


VIEW = "applications.view_application"
CHANGE = "applications.change_application"
SUBMIT = "applications.submit_application"
TOGETHER = "applications.write_together"
"""Seeing who is here, what the parties say to each other and what is left: never for ICLD."""

can_view = is_member_of_a_party | (reads_cases & has_been_submitted)

ASK_TO_SIGN = "applications.ask_to_sign"

rules.add_perm(ASK_TO_SIGN, coordinates_a_party)
rules.add_perm(VIEW, can_view)
rules.add_perm(CHANGE, writes_for_a_party)
rules.add_perm(SUBMIT, coordinates_the_applicant)
rules.add_perm(TOGETHER, is_member_of_a_party)

READ_THREAD = "applications.read_thread"
ANSWER = "applications.answer_enquiry"
"""ICLD's side of the messages about an application, which nobody of its parties sits on."""

PUBLISH = "applications.publish_answer"

reads_thread = reads_cases & ~is_member_of_a_party

rules.add_perm(READ_THREAD, reads_thread)
rules.add_perm(ANSWER, (is_officer | is_decider) & ~is_member_of_a_party)
rules.add_perm(PUBLISH, is_officer | is_decider)

READ_LATE = "applications.read_late"
DECIDE_LATE = "applications.decide_late"
REGISTER_LATE = "applications.register_late"
EXTEND = "applications.extend_round"
"""What came after the close: nobody who belongs to a party reads or decides about it."""

rules.add_perm(READ_LATE, reads_cases & ~is_member_of_a_party)
rules.add_perm(DECIDE_LATE, is_decider & ~is_member_of_a_party)
rules.add_perm(REGISTER_LATE, is_officer | is_decider)
rules.add_perm(EXTEND, is_officer | is_decider | is_admin)
