"""Signing the way it is done: a link by mail, followed by whoever got it."""

import re
from datetime import timedelta

from django.core import mail

from applications.models import SignatureRequest
from outbox import actions as outbox
from partnerships.states import Side
from tests.html_forms import fields_of
from tests.moments import MID_ROUND

LINK = re.compile(r"https?://[^/\s]+(/skriv-under/[\w-]+/)")


def deliver() -> None:
    """Everything that has been written, also by the pages' own clock, which walks on."""
    while outbox.send_next(at=MID_ROUND + timedelta(days=90)):
        pass


def links_to(address: str) -> list[str]:
    """The addresses of the links that were mailed to somebody, the oldest first."""
    deliver()
    bodies = [message.body for message in mail.outbox if message.to == [address]]
    return [found[1] for body in bodies if (found := LINK.search(body))]


def link_for(application, side=Side.SWEDISH) -> str:
    """The newest link that a side's signatory got for an application."""
    asked = request_for(application, side)
    return links_to(asked.address)[_place(asked)]


def _place(asked: SignatureRequest) -> int:
    """Which of the mails to that address it is: the links are sent in the order they were made."""
    same = SignatureRequest.objects.filter(address=asked.address).order_by("pk")
    return list(same.values_list("pk", flat=True)).index(asked.pk)


def request_for(application, side=Side.SWEDISH) -> SignatureRequest:
    return SignatureRequest.objects.filter(
        submission__application=application, party__side=side
    ).first()


def signs(client, link: str, **changes):
    """Open the link, tick and press the button."""
    fields = fields_of(client.get(link)) | {"agreed": "on"} | changes
    return client.post(link, {name: value for name, value in fields.items() if value is not None})
