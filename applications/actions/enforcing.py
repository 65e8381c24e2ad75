"""Carrying out the deadline, and telling those whom it or a closed country touches."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from applications.actions.closing import hand_in_at_close, tell_incomplete
from applications.actions.recording import record
from applications.actions.telling import known_title, link_to, people_of, write_to
from applications.actions.writing import locked, move
from applications.documents.round_desk import received_in
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
    drafts = round_.applications.filter(state=ApplicationState.DRAFT).exclude(late_until__gt=at)
    incomplete = Application.objects.to_submit_at_close(round_).count()
    # One that was being submitted when its turn came is a draft no longer.
    found = locked(drafts.values_list("pk", flat=True))
    rows = [row for row in found if row.state == ApplicationState.DRAFT]
    for row in rows:
        _lapse(row, at)
    changed = round_.applications.with_unsubmitted_changes()
    for row in changed.filter(submit_at_close_by=None, late_until=None).select_related("round"):
        _tell_what_counts(row, at)
    Round.objects.filter(pk=round_.pk).update(enforced_at=at)
    _tell_officers(round_, at, lapsed=len(rows), incomplete=incomplete)
    return True


@transaction.atomic
def lapse_late(application: Application, *, at: datetime) -> bool:
    """Lapse a draft that was let in after the close and was not submitted until its own; tell its
    people. Says whether it did."""
    (row,) = locked([application.pk])
    if not Application.objects.late_drafts_due(at).filter(pk=row.pk).exists():
        return False
    _lapse(row, at)
    return True


def _lapse(application: Application, at: datetime) -> None:
    move(application, ApplicationState.LAPSED)
    was_let_in = application.late_until is not None
    record(application, "lapsed", at=at, **({"dispensation": True} if was_let_in else {}))
    if application.submit_at_close_by_id and not was_let_in:
        tell_incomplete(application, kind="draft_lapsed_incomplete", at=at)
        return
    write_to(
        people_of(application),
        application,
        kind="dispensation_lapsed" if was_let_in else "draft_lapsed",
        key=f"lapsed:{application.pk}:{application.closes_at.isoformat()}",
        figures=lambda: {
            "title": application.title,
            "round": application.round.name,
            "closed_at": formats.day(formats.last_day(application.closes_at)),
            "link": link_to(application),
        },
        at=at,
    )


def _tell_what_counts(application: Application, at: datetime) -> None:
    """Changes that nobody submitted, nor asked the portal to."""
    write_to(
        people_of(application),
        application,
        kind="changes_left",
        key=f"changes-left:{application.pk}:{application.closes_at.isoformat()}",
        figures=lambda: {
            "title": known_title(application),
            "round": application.round.name,
            "closed_at": formats.day(formats.last_day(application.closes_at)),
            "version": application.latest_version,
            "link": link_to(application),
        },
        at=at,
    )


def _tell_officers(round_: Round, at: datetime, **counts: int) -> None:
    link = settings.PORTAL_URL + reverse("cases")
    figures = {"round": round_.name, **_counts(round_), **counts, "link": link}
    for officer in User.objects.filter(is_active=True, groups__name=Role.OFFICER):
        outbox.write(
            key=f"round-summary:{round_.pk}:{round_.closes_at:%Y%m%dT%H%M}:{officer.pk}",
            kind="officer_round_summary",
            address=officer.email,
            language=officer.language,
            figures=figures,
            at=at,
        )


def _counts(round_: Round) -> dict[str, int]:
    """What came in, withdrawn or not, how much of it by itself at the close, and how often somebody
    was refused after it."""
    found = received_in(round_)
    return {
        "received": found.submitted + found.withdrawn,
        "at_close": found.at_close,
        "refused": found.refused_attempts,
    }


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
