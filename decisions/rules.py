"""Who may do what with a case. When it may be done is asked by the actions."""

import rules

from accounts.rules import is_decider, is_officer, reads_cases
from applications.rules import is_member_of_a_party
from partnerships.rules import memberships_of


@rules.predicate
def belongs_to_a_party(user, case) -> bool:
    """Somebody of a party is disqualified (jäv), whatever their role at ICLD: they see the case
    only as its other people do."""
    if not user.is_authenticated or not memberships_of(user):
        return False
    return is_member_of_a_party(user, case.application)


@rules.predicate
def assessed_alone(user, case) -> bool:
    """Of those who have handed in, the joint one apart."""
    rows = case.assessments.all()
    return [row.by_id for row in rows if row.is_handed_in and not row.is_joint] == [user.pk]


@rules.predicate
def made_the_proposal(user, case) -> bool:
    """Made the newest one, which is the one that counts."""
    proposals = case.proposals.all()
    return bool(proposals) and proposals[0].by_id == user.pk


@rules.predicate
def has_letter_sent(user, letter) -> bool:
    return letter.queued_at is not None


@rules.predicate
def is_party_to_the_letter(user, letter) -> bool:
    return is_member_of_a_party(user, letter.decision.case.application)


may_assess = is_officer & ~belongs_to_a_party
may_view = reads_cases & ~belongs_to_a_party
may_handle = (is_officer | is_decider) & ~belongs_to_a_party
may_decide = is_decider & ~belongs_to_a_party & ~assessed_alone & ~made_the_proposal
can_view_letter = (reads_cases & ~is_party_to_the_letter) | (
    has_letter_sent & is_party_to_the_letter
)

rules.add_perm("decisions.view_case", may_view)
rules.add_perm("decisions.assign_case", may_handle)
rules.add_perm("decisions.assess_case", may_assess)
rules.add_perm("decisions.propose_case", may_assess)
rules.add_perm("decisions.decide_case", may_decide)
rules.add_perm("decisions.release_case", may_handle)
rules.add_perm("decisions.view_letter", can_view_letter)
