from datetime import datetime

from django.db import transaction

from accounts.states import Role
from applications.actions import record
from applications.models import CaseMessage
from applications.states import Audience
from decisions.actions.moving import ensure_role
from outbox import actions as outbox


@transaction.atomic
def send_again(case_message: CaseMessage, *, by, at: datetime) -> None:
    """Queue a case's message once more, to the same address.

    Writes the event `message_sent_again`, for staff. Raises `NotRole`.
    """
    ensure_role(by, Role.OFFICER, Role.DECIDER)
    message = case_message.message
    outbox.send_again(message, at=at)
    record(
        case_message.application,
        "message_sent_again",
        at=at,
        by=by,
        audience=Audience.STAFF,
        address=message.address,
        subject=message.subject,
    )
