"""What pages of a case say of themselves: changes that ICLD does not have, and signatures."""

from datetime import datetime

from django import template

from applications.documents.signing import Signing, latest_signing
from applications.models import Application
from applications.rules import is_member_of_a_party
from funding.states import Phase

register = template.Library()


@register.simple_tag(takes_context=True)
def unsubmitted(context, application: Application) -> list[dict]:
    """The submitted versions that count although something has been written since, of the
    application and what is handed in together with it; nothing for those who are not of a party.

    Of an application read with `for_pages`.
    """
    request = context.get("request") or getattr(context, "request", None)
    if request is None or not is_member_of_a_party(request.user, application):
        return []
    return [
        {
            **row,
            "phase_told": Phase(row["phase"]).label,
            "received_at": datetime.fromisoformat(row["received_at"]),
            "is_this": row["public_id"] == str(application.public_id),
        }
        for row in getattr(application, "unsubmitted_rows", [])
    ]


@register.simple_tag
def signing_is_past(application: Application, at: datetime) -> bool:
    """Whether the last day for signatures has passed."""
    return application.round.is_past_signing(at)


@register.simple_tag
def signing_of_case(application: Application) -> Signing | None:
    """The signatures of the version that counts; None before there is one. One query."""
    return latest_signing(application)
