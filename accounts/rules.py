"""Who a person is at ICLD. Other apps compose these predicates."""

import rules

from accounts.states import Role


def _has(role: Role):
    @rules.predicate(f"is_{role}")
    def predicate(user) -> bool:
        return user.is_authenticated and user.is_active and role in user.roles

    return predicate


is_officer = _has(Role.OFFICER)
is_decider = _has(Role.DECIDER)
is_admin = _has(Role.ADMIN)
is_auditor = _has(Role.AUDITOR)
reads_cases = is_officer | is_decider | is_auditor

rules.add_perm("accounts.administer", is_admin)
rules.add_perm("accounts.read_cases", reads_cases)
