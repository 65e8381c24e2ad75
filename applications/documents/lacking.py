"""What keeps an application from being handed in, as lines for a mail."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications.documents.closed_countries import stopped_abroad
from applications.documents.snapshot import snapshots
from applications.models import Application
from applications.refusals import CountryClosed
from applications.states import ApplicationState


def lacks(application: Application, at: datetime) -> list[str]:
    """What an application loaded with `for_pages` lacks at that moment, in the active language.

    A project that is complete itself also waits for its steering group's draft.
    """
    rows = _with_its_steering_group(application)
    own, *beside = [
        (row, found, stopped_abroad(row, at))
        for row, found in zip(rows, snapshots(rows), strict=True)
    ]
    _row, found, stopped = own
    lines = [item.text() for item in [*found.missing, *found.stops]]
    lines += [CountryClosed(country=country.name).text() for country in stopped]
    if any(not found.ready or stopped for _row, found, stopped in beside):
        lines.append(_("The steering group's application is not complete"))
    return lines


def _with_its_steering_group(application: Application) -> list[Application]:
    steering = application.steering_application
    if steering is None or steering.state != ApplicationState.DRAFT:
        return [application]
    return [application, Application.objects.for_pages().get(pk=steering.pk)]
