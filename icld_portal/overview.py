"""What a person's own overview says: what to do next, and the figures to decide by."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.documents.own_list import OwnRow, own_rows
from applications.documents.signing import signing_of
from applications.documents.threads import waiting_mentions
from applications.models import (
    Application,
    Comment,
    Enquiry,
    Question,
    Round,
    Submission,
)
from applications.states import ANSWERABLE, ApplicationState
from applications.views.comments import address_of
from icld_portal import clock
from icld_portal.formats import day, days_left_text, moment
from partnerships.models import Organisation

LATEST = 10
"""How many applications the overview lists; the rest are a click away."""

MENTIONS = 5
"""How many questions the overview lists where one is mentioned; the newest come first."""

ANSWER_IS_NEW = timedelta(days=14)
"""How long a message from ICLD is listed when nobody has answered it."""

NEWS = timedelta(days=60)
"""How long after the notice an outcome is something to read."""

Row = dict[str, Any]


def of_applicant(user, at: datetime, round_: Round | None) -> dict[str, Any]:
    """The person's newest applications, and what waits for them."""
    newest = Application.objects.visible_to(user).for_lists()[:LATEST]
    rows = own_rows(newest, at)
    may_start = Organisation.objects.may_apply().written_for_by(user).exists()
    tasks = [task for row in rows for task in _tasks(row, at)]
    tasks += [*_unsigned(rows), *_answered(rows, at)]
    tasks += [_mention(each) for each in waiting_mentions(user, at)[:MENTIONS]]
    if not rows and may_start and round_:
        tasks = [_begin(round_, at)]
    return {"rows": rows, "can_apply": may_start, "tasks": tasks}


def _tasks(row: OwnRow, at: datetime) -> Iterable[Row]:
    application = row.application
    page = reverse("application", args=[application.public_id])
    closes_at = application.closes_at
    if row.is_unsent:
        label = _("Submit again: %(title)s") if row.changed else _("Finish and submit: %(title)s")
        last_days = (closes_at - at) < timedelta(days=7)
        chip = days_left_text(closes_at, at)
        yield _task(label, application, page, chip, "stop" if last_days else "care")
    elif row.is_decided and _is_news(application.round, at):
        # What came too late is dismissed on the application's own page.
        dismissed = application.state == ApplicationState.DISMISSED
        name = "application" if dismissed else "application_decision"
        decision = reverse(name, args=[application.public_id])
        label = _("Read the decision: %(title)s")
        yield _task(label, application, decision, application.get_state_display(), "live")


def _unsigned(rows: Iterable[OwnRow]) -> Iterable[Row]:
    """What ICLD has and not every party has signed; one query."""
    waiting = {
        row.application.pk: row.application for row in rows if row.application.state in ANSWERABLE
    }
    latest = Submission.objects.latest().filter(application__in=waiting).with_signing()
    for signing in map(signing_of, latest.order_by("pk") if waiting else ()):
        if not signing.complete:
            application = waiting[signing.submission.application_id]
            page = reverse("application_signatures", args=[application.public_id])
            figures = {"signed": signing.signed, "parties": len(signing.parties)}
            chip = _("%(signed)s of %(parties)s") % figures
            yield _task(_("Signatures are missing: %(title)s"), application, page, chip, "care")


def _answered(rows: Iterable[OwnRow], at: datetime) -> Iterable[Row]:
    """Where ICLD said the last word a short while ago; one query."""
    applications = {row.application.pk: row.application for row in rows}
    said = Enquiry.objects.filter(application__in=applications)
    last = said.order_by("application_id", "-pk").distinct("application_id") if applications else ()
    for enquiry in last:
        if enquiry.from_icld and enquiry.at >= at - ANSWER_IS_NEW:
            application = applications[enquiry.application_id]
            page = reverse("application_enquiries", args=[application.public_id])
            label = _("ICLD has written: %(title)s")
            yield _task(label, application, page, day(clock.local_date(enquiry.at)), "live")


def _is_news(round_: Round, at: datetime) -> bool:
    return round_.notice_on is None or clock.local_date(at) <= round_.notice_on + NEWS


def _task(label: str, application: Application, url: str, chip: str, tone: str) -> Row:
    hint = f"{application.get_phase_display()} · {application.round}"
    text = label % {"title": application.title}
    return {"label": text, "url": url, "hint": hint, "chip": chip, "tone": tone}


def _mention(comment: Comment) -> Row:
    question = Question(label_sv=comment.label_sv, label_en=comment.label_en)
    names = {"name": comment.by, "question": question.label}
    return {
        "label": _("%(name)s mentions you: %(question)s") % names,
        "url": address_of(comment),
        "hint": f"{comment.application.title} · {moment(comment.at)}",
        "chip": _("Comment"),
        "tone": "live",
    }


def _begin(round_: Round, at: datetime) -> Row:
    return {
        "label": _("Begin an application"),
        "url": reverse("application_new"),
        "hint": str(round_),
        "chip": days_left_text(round_.closes_at, at),
        "tone": "care",
    }
