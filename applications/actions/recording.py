"""The case's timeline, and the log of attempts that were refused."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db import transaction

from applications.models import Application, Event
from applications.states import Audience
from icld_portal.refusals import Refusal


def record(
    application: Application,
    kind: str,
    *,
    at: datetime,
    by=None,
    audience: Audience = Audience.ALL,
    **data,
) -> Event:
    """Write one event to a case's timeline, in the current transaction.

    `data` holds plain values; moments and dates are kept as ISO 8601 text.
    """
    return Event.objects.create(
        application=application, kind=kind, audience=audience, at=at, by=by, data=data
    )


def logs_refusals(kind: str) -> Callable:
    """Keep a refused attempt in the timeline of every case it was about.

    Runs after the action's own transaction has been rolled back, in one of its own; writes the
    code and the figures, not translated text. The refusal goes on to the caller.
    """

    def decorator(action: Callable) -> Callable:
        @wraps(action)
        def wrapper(applications, *, by, at: datetime, **options):
            try:
                return action(applications, by=by, at=at, **options)
            except Refusal as refusal:
                with transaction.atomic():
                    for application in applications:
                        data = {"code": refusal.code, "figures": dict(refusal.figures)}
                        record(application, kind, at=at, by=by, **data)
                raise

        return wrapper

    return decorator
