from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from applications.actions.starting import start
from applications.models import Application
from applications.refusals import NotAllowed
from partnerships.models import Organisation


def start_once(token: UUID, applicant: Organisation, *, by, at: datetime, **choices) -> Application:
    """Begin a draft as `start` does, once for each token: a double click begins one.

    The token is made by the page that asks, and becomes the draft's public id, so that the
    database itself refuses the second. Gives the first application, whichever click began it.
    Raises what `start` raises, and `NotAllowed` for a token that is somebody else's.
    """
    begun = Application.objects.filter(public_id=token, created_by=by)
    if found := begun.first():
        return found
    try:
        with transaction.atomic():
            first = start(applicant, by=by, at=at, **choices)[0]
            Application.objects.filter(pk=first.pk).update(public_id=token)
    except IntegrityError:
        if found := begun.first():
            return found
        if Application.objects.filter(public_id=token).exists():
            raise NotAllowed(action="start") from None
        raise
    first.public_id = token
    return first
