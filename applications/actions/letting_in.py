"""What a decider answers those who come late: dispensation, or refusal."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.arriving_late import LATE, going_late
from applications.actions.recording import record
from applications.actions.submitting import together
from applications.actions.telling import known_title, link_to, people_of, write_to
from applications.actions.writing import locked, move
from applications.models import Application, LateEntry, RoundExtension
from applications.refusals import (
    ApplicationAnswered,
    LateAnswered,
    LateNeedsDay,
    NotAllowed,
    NotLater,
)
from applications.rules import DECIDE_LATE
from applications.states import ANSWERABLE, ANSWERED, ApplicationState, LateOutcome
from icld_portal import formats
from partnerships.refusals import ReasonMissing


@transaction.atomic
def grant_dispensation(
    entry: LateEntry,
    *,
    until: datetime | None,
    answer_sv: str,
    answer_en: str = "",
    by,
    at: datetime,
) -> LateEntry:
    """Let a late application count, and let its parties write and submit until a moment.

    `until` is the first moment outside; needed for those who have not handed in, and for what came
    by paper or e-mail. What lapsed is a draft again, a project's steering group with it. Writes the
    event `dispensation_granted` and tells the people of the case. Raises `NotAllowed`,
    `ReasonMissing`, `LateAnswered`, `ApplicationAnswered`, `LateNeedsDay` and `NotLater`.
    """
    row, application = _to_answer(entry, answer_sv, by)
    if until is None and not row.is_complete:
        raise LateNeedsDay
    if until is not None and until <= at:
        raise NotLater(closes_at=application.closes_at, earliest=at)
    if until is not None:
        _let_in(application, until)
    told = {"until": until.isoformat()} if until else {}
    _answer(row, LateOutcome.GRANTED, answer_sv, answer_en, by, at, until=until)
    reasons = _reasons(answer_sv, answer_en)
    record(application, "dispensation_granted", at=at, by=by, **reasons, **told)
    kind = "dispensation_until" if until else "dispensation_granted"
    _write(row, kind, at)
    return row


@transaction.atomic
def refuse_late(
    entry: LateEntry, *, answer_sv: str, answer_en: str = "", by, at: datetime
) -> LateEntry:
    """Dismiss what was handed in late; or say no to those who asked to be let in.

    What was handed in is dismissed at once, without waiting for the round's decisions: it is not
    considered. A version that was submitted in time stands. Writes the event `late_refused` and
    tells the people of the case. Raises `NotAllowed`, `ReasonMissing`, `LateAnswered` and
    `ApplicationAnswered`.
    """
    row, application = _to_answer(entry, answer_sv, by)
    dismissed = row.submission_id is not None
    if dismissed:
        move(application, ApplicationState.DISMISSED)
    _answer(row, LateOutcome.REFUSED, answer_sv, answer_en, by, at)
    told = _reasons(answer_sv, answer_en) | {"dismissed": dismissed, "late": entry.came_late}
    record(application, "late_refused", at=at, by=by, **told)
    _write(row, "late_dismissed" if dismissed else "dispensation_refused", at)
    return row


def settle_late(extension: RoundExtension) -> None:
    """What had come before the new close is in time: it counts, also what was dismissed for being
    late. Whoever waited to be let in can write again, as everybody can."""
    found = LateEntry.objects.filter(
        application__round=extension.round, received_at__lt=extension.new_closes_at
    )
    late = list(found.exclude(outcome=LateOutcome.GRANTED).order_by("pk"))
    for application in locked({row.application_id for row in late}):
        if application.state == ApplicationState.DISMISSED:
            move(application, ApplicationState.SUBMITTED)
    reasons = extension.reason_sv, extension.reason_en
    for row in late:
        _answer(row, LateOutcome.GRANTED, *reasons, extension.by, extension.at)


def _to_answer(entry: LateEntry, answer: str, by) -> tuple[LateEntry, Application]:
    """The entry and its application, locked, after who and whether have been asked."""
    if not answer.strip():
        raise ReasonMissing
    (application,) = locked([entry.application_id])
    if not by.has_perm(DECIDE_LATE, application):
        raise NotAllowed(action=DECIDE_LATE)
    row = LateEntry.objects.select_for_update(no_key=True, of=("self",)).get(pk=entry.pk)
    if row.outcome:
        raise LateAnswered(outcome=row.outcome, by=str(row.decided_by))
    if application.state in ANSWERED:
        raise ApplicationAnswered
    return row, application


def _let_in(application: Application, until: datetime) -> None:
    """With what is submitted in one go with it: a project's steering group."""
    along = {each.pk for each in [*going_late(application), *together(application)]}
    for row in locked({application.pk, *along}):
        if row.state in LATE:
            move(row, ApplicationState.DRAFT, late_until=until)
        elif row.state in ANSWERABLE:
            row.late_until = until
            row.save(update_fields=["late_until"])


def _reasons(answer_sv: str, answer_en: str) -> dict[str, str]:
    """As the timeline words them."""
    return {"reason": answer_sv.strip(), "reason_en": answer_en.strip()}


def _answer(
    row: LateEntry, outcome: LateOutcome, answer_sv: str, answer_en: str, by, at: datetime, **fields
) -> None:
    values = {
        "outcome": outcome,
        "answer_sv": answer_sv.strip(),
        "answer_en": answer_en.strip(),
        "decided_by": by,
        "decided_at": at,
        **fields,
    }
    for name, value in values.items():
        setattr(row, name, value)
    Application.objects.filter(pk=row.application_id).update(awaits_dispensation=False)
    with pghistory.context(user=by.pk, action=str(outcome)):
        row.save(update_fields=list(values))


def _write(row: LateEntry, kind: str, at: datetime) -> None:
    application = row.application
    write_to(
        people_of(application),
        application,
        kind=kind,
        key=f"late-answer:{row.pk}",
        figures=lambda: {
            "dnr_line": _number(application),
            "title": known_title(application),
            "round": application.round.name,
            "until": formats.deadline(row.until) if row.until else "",
            "reason": row.answer,
            "link": link_to(application),
        },
        at=at,
    )


def _number(application: Application) -> str:
    return _("Registration number: %(dnr)s") % {"dnr": application.dnr} if application.dnr else ""
