"""Carrying out the deadline, and telling those whom it or a closed country touches."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from applications.actions.closing import hand_in_at_close, tell_incomplete
from applications.actions.recording import record
from applications.actions.telling import link_to, people_of, write_to
from applications.actions.writing import locked, move
from applications.models import Application, Round
from applications.states import ApplicationState
from icld_portal import formats
from outbox import actions as outbox


def enforce(round_: Round, *, at: datetime) -> bool:
    """Carry out the close of one round: hand in what was to be handed in at the close and is
    complete, lapse the other drafts, stamp the round, tell people.

    Does it once, however often it is asked; says whether it did. Broken off in the middle it goes
    on where it was: what belongs together is handed in in a transaction of its own, and the rest
    is done in one. That nothing late gets in never depends on this having run.
    """
    hand_in_at_close(round_, at=at)
    return _lapse_the_rest(round_, at)


@transaction.atomic
def _lapse_the_rest(round_: Round, at: datetime) -> bool:
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if not Round.objects.to_enforce(at).filter(pk=round_.pk).exists():
        return False
    drafts = round_.applications.filter(state=ApplicationState.DRAFT)
    # One that was being submitted when its turn came is a draft no longer.
    found = locked(drafts.values_list("pk", flat=True))
    rows = [row for row in found if row.state == ApplicationState.DRAFT]
    for row in rows:
        _lapse(row, at)
    Round.objects.filter(pk=round_.pk).update(enforced_at=at)
    _tell_officers(round_, lapsed=len(rows), at=at)
    return True


def _lapse(application: Application, at: datetime) -> None:
    move(application, ApplicationState.LAPSED)
    record(application, "lapsed", at=at)
    if application.submit_at_close_by_id:
        tell_incomplete(application, kind="draft_lapsed_incomplete", at=at)
        return
    write_to(
        people_of(application),
        application,
        kind="draft_lapsed",
        key=f"lapsed:{application.pk}",
        figures=lambda: {
            "title": application.title,
            "round": application.round.name,
            "closed_at": formats.day(formats.last_day(application.round.closes_at)),
            "link": link_to(application),
        },
        at=at,
    )


def _tell_officers(round_: Round, *, lapsed: int, at: datetime) -> None:
    received = round_.applications.submitted().count()
    for officer in User.objects.filter(is_active=True, groups__name=Role.OFFICER):
        outbox.write(
            key=f"round-summary:{round_.pk}:{officer.pk}",
            kind="officer_round_summary",
            address=officer.email,
            language=officer.language,
            figures={
                "round": round_.name,
                "received": received,
                "lapsed": lapsed,
                "link": settings.PORTAL_URL + reverse("cases"),
            },
            at=at,
        )


@transaction.atomic
def tell_about_closed_country(application: Application, *, at: datetime) -> None:
    """Tell the people of a draft that its partner's country was closed at once, and why."""
    parties = application.parties.filter(organisation__country__periods__at_once=True)
    for party in parties.select_related("organisation__country").distinct():
        country = party.organisation.country
        period = country.periods.filter(at_once=True).first()
        write_to(
            people_of(application),
            application,
            kind="country_closed",
            key=f"country-closed:{period.pk}:{application.pk}",
            figures=lambda c=country, p=period: {
                "title": application.title,
                "country": c.name,
                "reason": p.reason,
                "link": link_to(application),
            },
            at=at,
        )
