from datetime import datetime

from django.db import transaction

from applications.actions.starting import draft, ensure_offered, locked_steering_group
from applications.actions.writing import count_change, ensure_allowed, ensure_writable, locked
from applications.models import Application
from applications.rules import CHANGE
from applications.states import GONE
from funding.states import Phase


@transaction.atomic
def add_steering_group(application: Application, *, by, at: datetime) -> Application:
    """Apply for a steering group beside a project that was begun without one.

    Several projects can share one, so an application for the partnership's steering group in the
    same round is used when there is one; it goes along at the close where the project was to be
    submitted then. Gives the steering group's application. Raises
    `NotAllowed`, `PhaseNotOffered`, `NoSchedule`, `NotWritable` and `RoundClosed`.
    """
    ensure_allowed(application, CHANGE, by)
    shared = locked_steering_group(application.partnership, application.round)
    (project,) = locked([application.pk])
    ensure_writable(project, at)
    beside = project.steering_application
    if beside and beside.state not in GONE:
        return beside
    steering = shared or _begin(project, by, at)
    Application.objects.filter(pk=project.pk).update(steering_application=steering)
    if project.submit_at_close_by_id and not steering.submit_at_close_by_id:
        steering.submit_at_close_by_id = project.submit_at_close_by_id
        steering.save(update_fields=["submit_at_close_by"])
    count_change(project)
    return steering


def _begin(project: Application, by, at: datetime) -> Application:
    ensure_offered(project.round, [Phase.STEERING_GROUP])
    return draft(
        project.partnership,
        Phase.STEERING_GROUP,
        project.round,
        project.parties.all(),
        by=by,
        at=at,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
    )
