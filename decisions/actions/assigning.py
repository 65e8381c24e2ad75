"""Giving cases to officers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.states import Role
from applications.actions import choose_contact, record
from applications.states import Audience
from decisions.actions.moving import ensure_role, ensure_unbiased, locked
from decisions.models import Case
from decisions.refusals import NotAnOfficer
from decisions.rules import may_assess
from icld_portal.refusals import Refusal


@dataclass
class Assigned:
    """What became of many: how many were given, and which not, with why."""

    done: int = 0
    refused: list[tuple[Case, Refusal]] = field(default_factory=list)


@transaction.atomic
def assign(case: Case, *, officer, by, at: datetime) -> None:
    """Give the case to an officer: the contact named to the parties and in the letter.

    Writes the event `officer_assigned`, for staff. Giving it to the one who has it changes
    nothing. Raises `NotRole`, `Disqualified` and `NotAnOfficer`.
    """
    row = locked(case)
    ensure_role(by, Role.OFFICER, Role.DECIDER)
    ensure_unbiased(row, by)
    if not may_assess(officer, row):
        raise NotAnOfficer(name=str(officer))
    if row.officer_id == officer.pk:
        return
    Case.objects.filter(pk=row.pk).update(officer=officer)
    choose_contact(row.application, contact=officer, by=by, at=at)
    record(
        row.application,
        "officer_assigned",
        at=at,
        by=by,
        audience=Audience.STAFF,
        officer=str(officer),
    )


def assign_many(cases: Iterable[Case], *, officer, by, at: datetime) -> Assigned:
    """Give many cases to one officer, each for itself: one that cannot be given stops no other."""
    found = Assigned()
    for case in cases:
        try:
            assign(case, officer=officer, by=by, at=at)
        except Refusal as refusal:
            found.refused.append((case, refusal))
        else:
            found.done += 1
    return found
