"""Telling ICLD of a round that cannot open, while it can be mended."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.states import Role
from applications import reminders
from applications.actions.reminding import mark, newly_due
from applications.documents.unready import what_is_missing
from applications.models import Round
from applications.reminders import Occasion
from icld_portal import formats
from outbox import actions as outbox


def warn_of_unready(round_: Round, *, at: datetime) -> None:
    """Tell officers and admins that a round lacks its ceilings or its forms, once an occasion.

    A week before it opens, the day before, and when it should have opened; late, only the newest
    of them. `round_` comes from `unready`. What is mended meanwhile is not told.
    """
    due = newly_due(round_, reminders.of_the_opening(round_.opens_at), at)
    if due and what_is_missing(round_):
        _tell(round_, due, at)


@transaction.atomic
def _tell(round_: Round, due: list[Occasion], at: datetime) -> None:
    for person in _who_can_mend():
        with translation.override(person.language):
            figures = _figures(round_, person, at)
        outbox.write(
            key=f"round-unready:{round_.pk}:{due[-1].due_at:%Y%m%dT%H%M}:{person.pk}",
            kind="round_unready",
            address=person.email,
            language=person.language,
            figures=figures,
            at=at,
        )
    mark(round_, due, at)


def _who_can_mend() -> Iterable[User]:
    """Admins mend it; officers know what the round should have."""
    roles = [Role.OFFICER, Role.ADMIN]
    return User.objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("pk")


def _figures(round_: Round, person: User, at: datetime) -> dict[str, object]:
    page = reverse("round_desk", args=[round_.public_id])
    if person.has_perm("accounts.administer"):
        page = reverse("admin:applications_round_change", args=[round_.pk])
    opens = formats.day(round_.opens_at)
    if at < round_.opens_at:
        opening = _("It is to open on %(day)s.") % {"day": opens}
    else:
        opening = _("It should have opened on %(day)s.") % {"day": opens}
    return {
        "round": round_.name,
        "opening": opening,
        "missing": "\n".join(f"– {line}" for line in what_is_missing(round_)),
        "link": settings.PORTAL_URL + page,
    }
