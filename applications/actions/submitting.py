"""Handing in: one action, one transaction, however many applications go together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from applications.actions.recording import logs_refusals, record
from applications.actions.signing_links import ask_all
from applications.actions.starting import ensure_still_open
from applications.actions.taking_part import family
from applications.actions.telling import link_to, people_of, write_to
from applications.actions.writing import allowed, ensure_move, locked, move
from applications.canonical import canonical, sha256
from applications.documents.receipts import (
    files_told,
    receipt_link,
    received_told,
    verify_link,
)
from applications.documents.snapshot import Snapshot, snapshot
from applications.models import Application, DiaryCounter, Submission
from applications.refusals import (
    ChangedSinceReview,
    CountryClosed,
    Incomplete,
    NotAllowed,
    SteeringGroupNotYours,
)
from applications.rules import SUBMIT
from applications.states import WRITABLE, ApplicationState, SubmissionKind
from funding.actions import copy_budget, lock_budget
from icld_portal import clock, formats
from icld_portal.queue import wake
from partnerships.models import Country
from partnerships.states import Side

LAST_MINUTES = timedelta(minutes=10)
"""Before the close, when being asked to read once more could cost the round."""


def together(application: Application, by=None) -> list[Application]:
    """What is submitted in one go with this application: a project and its steering group.

    Given a person, without what they may not submit of it.
    """
    found = Application.objects.filter(pk__in=family(application)).for_pages().order_by("pk")
    return going_along(application, found if by is None else allowed(found, SUBMIT, by))


def going_along(application: Application, found: Iterable[Application]) -> list[Application]:
    """Those of its family that are handed in with an application, itself included.

    A steering group that several projects share goes by itself, or with one of them from that
    one's page: none of them waits for the others.
    """
    if application.state not in WRITABLE:
        return [application]
    rows = [row for row in found if row.round_id == application.round_id and row.state in WRITABLE]
    projects = [row for row in rows if row.steering_application_id == application.pk]
    return [row for row in rows if row not in projects] if len(projects) > 1 else rows


@logs_refusals("submit_refused")
@transaction.atomic
def submit(
    applications: Sequence[Application],
    *,
    by,
    at: datetime,
    reviewed: Mapping[str, int] | None = None,
) -> list[Submission]:
    """Hand in applications that belong together; all of them or none.

    `reviewed` has the revision of each application that the person has read, by public id; None
    asks nothing. During the last minutes (`LAST_MINUTES`) nobody is held up by it.

    `at` is when the request had arrived. The first submission takes a registration number, each
    one freezes a copy with its hash, writes the receipt to the people of the case and has the PDF
    made. What has not changed since its last submission is left as it is, so a double click does
    no harm. Raises `NotAllowed`, `SteeringGroupNotYours`, `RoundNotOpen`, `RoundClosed`,
    `IllegalMove`, `CountryClosed`, `Incomplete` and `ChangedSinceReview`; the attempt is then kept
    in the timeline.
    """
    ids = [row.pk for row in locked([application.pk for application in applications])]
    rows = list(Application.objects.filter(pk__in=ids).for_pages().order_by("pk"))
    if len(allowed(rows, SUBMIT, by)) < len(rows):
        raise NotAllowed(action=SUBMIT)
    ensure_steering_groups_go_along(rows)
    for row in rows:
        ensure_still_open(row, at)
        ensure_move(row, ApplicationState.SUBMITTED)
    changed = [row for row in rows if row.revision != row.latest_revision]
    judged = [(row, judge(row, at)) for row in changed]
    _ensure_read(changed, reviewed, at)
    hand_in([(row, found, by) for row, found in judged], at=at)
    return [row.submissions.first() for row in rows]


def _ensure_read(
    rows: Sequence[Application], reviewed: Mapping[str, int] | None, at: datetime
) -> None:
    """Raises `ChangedSinceReview`."""
    if reviewed is None or any(at >= row.closes_at - LAST_MINUTES for row in rows):
        return
    unread = [row for row in rows if reviewed.get(str(row.public_id), -1) < row.revision]
    if unread:
        raise ChangedSinceReview(titles=[row.title for row in unread])


def hand_in(
    judged: Sequence[tuple[Application, Snapshot, User]],
    *,
    at: datetime,
    registered_at: datetime | None = None,
    kind: str = "submission_receipt",
    **told,
) -> list[Submission]:
    """Freeze what has been judged, each by somebody; write receipts of a kind, ask for signatures.

    It was received `at` that moment; what came beside the portal was `registered_at` a later one.
    The rows are locked by the caller, who has asked everything that there is to ask. `told` goes
    into the event.
    """
    done = [_freeze(row, found, by, at, told) for row, found, by in judged]
    now = registered_at or at
    _write_receipts(done, now, kind)
    for submission in done:
        ask_all(submission, by=submission.by, at=now)
    wake("applications.tasks.render_submissions")
    wake("decisions.tasks.open_cases")
    return done


def ensure_steering_groups_go_along(rows: Sequence[Application]) -> None:
    """A steering group's draft is handed in with its project or before it, never after. Raises
    `SteeringGroupNotYours`."""
    ids = {row.pk for row in rows}
    for project in rows:
        steering = project.steering_application
        if steering and steering.state == ApplicationState.DRAFT and steering.pk not in ids:
            raise SteeringGroupNotYours(parties=[str(party) for party in steering.parties.all()])


def judge(application: Application, at: datetime) -> Snapshot:
    """What would be frozen. Raises `CountryClosed` and `Incomplete`."""
    ensure_countries_not_stopped(application, at)
    found = snapshot(application)
    if not found.ready:
        codes = [item.code for item in found.missing] + [item.rule for item in found.stops]
        raise Incomplete(missing=codes)
    return found


def ensure_countries_not_stopped(application: Application, at: datetime) -> None:
    """Raises `CountryClosed`."""
    stopped = Country.objects.closed_at_once_by(clock.local_date(at))
    abroad = [
        p.organisation.country_id for p in application.parties.all() if p.side != Side.SWEDISH
    ]
    for country in stopped.filter(pk__in=abroad):
        raise CountryClosed(country=country.name)


def _freeze(
    application: Application, found: Snapshot, by, at: datetime, told: Mapping[str, object]
) -> Submission:
    budget = copy_budget(application.budget)
    lock_budget(budget, at=at)
    persons = canonical(found.persons)
    content = canonical({**found.content, "persons_sha256": sha256(persons)})
    submission = Submission.objects.create(
        application=application,
        version=(application.latest_version or 0) + 1,
        revision=application.revision,
        kind=_kind(application, at),
        content=content,
        content_sha256=sha256(content),
        persons=persons,
        persons_sha256=sha256(persons),
        budget=budget,
        amount_sek=found.total_sek,
        received_at=at,
        by=by,
    )
    dnr = application.dnr or _next_number(at)
    move(application, ApplicationState.SUBMITTED, dnr=dnr)
    record(
        application,
        "submitted",
        at=at,
        by=by,
        version=submission.version,
        dnr=application.dnr,
        sha256=submission.content_sha256,
        **told,
    )
    return submission


def _kind(application: Application, at: datetime) -> SubmissionKind:
    in_time = at < application.round.closes_at
    return SubmissionKind.ORIGINAL if in_time else SubmissionKind.LATE


def _next_number(at: datetime) -> str:
    """The next registration number of the Swedish year, without gaps: the last lock taken."""
    year = clock.local_date(at).year
    DiaryCounter.objects.get_or_create(year=year)
    counter = DiaryCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return str(counter)


def _write_receipts(done: Sequence[Submission], at: datetime, kind: str) -> None:
    for submission in done:
        application = submission.application
        others = [other.application.dnr for other in done if other is not submission]
        write_to(
            people_of(application),
            application,
            kind=kind,
            key=f"receipt:{submission.pk}",
            figures=lambda s=submission, o=others: _receipt_figures(s, o),
            at=at,
        )


def _receipt_figures(submission: Submission, others: Sequence[str]) -> dict[str, object]:
    application = submission.application
    names = {side: [] for side in Side}
    for party in application.parties.all():
        names[Side(party.side)].append(str(party))
    return {
        "dnr": application.dnr,
        "title": application.title,
        "applicant": ", ".join(names[Side.SWEDISH]),
        "partner": ", ".join(names[Side.INTERNATIONAL]),
        "received_at": received_told(submission.received_at),
        "version": submission.version,
        "sha256": submission.content_sha256,
        "round": application.round.name,
        "closes": formats.day(formats.last_day(application.closes_at)),
        "link": link_to(application),
        "other_dnr_line": ", ".join(others),
        "files": files_told(submission.data),
        "receipt_link": receipt_link(submission),
        "verify_link": verify_link(submission),
    }
