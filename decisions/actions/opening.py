from datetime import datetime

from django.db import transaction

from accounts.states import Role
from applications.actions import choose_contact, record
from applications.actions.writing import locked as lock_applications
from applications.models import Application
from applications.states import Audience
from decisions.actions.moving import ensure_role, ensure_unbiased, locked
from decisions.models import Case
from decisions.refusals import NotAnOfficer
from decisions.rules import may_assess


@transaction.atomic
def open_case(application: Application, *, at: datetime) -> Case:
    """ICLD's side of a submitted application; made once, however often it is asked for.

    Writes the event `case_opened`, for staff, when it is made.
    """
    lock_applications([application.pk])
    case, made = Case.objects.get_or_create(application=application, defaults={"opened_at": at})
    if made:
        record(application, "case_opened", at=at, audience=Audience.STAFF)
    return case


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
