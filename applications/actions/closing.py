"""Asking to have an application handed in at the close, and carrying that out."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.recording import record
from applications.actions.starting import ensure_open
from applications.actions.submitting import (
    ensure_steering_groups_go_along,
    hand_in,
    judge,
)
from applications.actions.telling import known_title, link_to, people_of, write_to
from applications.actions.writing import allowed, locked
from applications.documents.lacking import lacks
from applications.documents.snapshot import Snapshot
from applications.models import Application, Round
from applications.refusals import CountryClosed, Incomplete, NotAllowed, NotWritable
from applications.rules import SUBMIT
from applications.states import WRITABLE, ApplicationState
from icld_portal import formats
from icld_portal.batches import each


@transaction.atomic
def submit_at_close(
    applications: Sequence[Application], *, wanted: bool, by, at: datetime
) -> list[Application]:
    """Ask for what is complete to be handed in at the close, or take that back, until the close.

    For applications that belong together; what is asked for already stays as it is. It covers
    drafts and changes since the last submission, also later ones. Writes the event
    `close_asked` or `close_not_asked`. A steering group that another project still waits for is
    left as it is. Raises `NotAllowed`, `SteeringGroupNotYours`, `NotWritable`, `RoundNotOpen` and
    `RoundClosed`.
    """
    rows = locked([application.pk for application in applications])
    if len(allowed(rows, SUBMIT, by)) < len(rows):
        raise NotAllowed(action=SUBMIT)
    if wanted:
        ensure_steering_groups_go_along(rows)
    else:
        rows = [row for row in rows if not _is_waited_for(row, rows)]
    for row in rows:
        if row.state not in WRITABLE:
            raise NotWritable(state=row.state)
        ensure_open(row.round, at)
    changed = [row for row in rows if bool(row.submit_at_close_by_id) != wanted]
    for row in changed:
        row.submit_at_close_by = by if wanted else None
        row.save(update_fields=["submit_at_close_by"])
        record(row, "close_asked" if wanted else "close_not_asked", at=at, by=by)
    return rows


def _is_waited_for(row: Application, rows: Sequence[Application]) -> bool:
    """Whether a steering group is to go with another project at the close, so that it stays."""
    others = Application.objects.filter(steering_application=row, state__in=WRITABLE)
    waiting = others.filter(submit_at_close_by__isnull=False)
    return waiting.exclude(pk__in=[each.pk for each in rows]).exists()


def hand_in_at_close(round_: Round, *, at: datetime) -> None:
    """Hand in what was asked for and is complete, as it stood at the last moment of the round.

    What belongs together is one transaction. Broken off, or run twice, it does the rest: what has
    been handed in is not changed since, and is passed over. Something that cannot be handed in
    stops nothing else: a draft lapses, a submitted version stands, and its people are told why.
    What fails for a reason of ours is raised when the others are handed in, as an
    `ExceptionGroup`: the round is then not stamped, nothing lapses, and it is tried again.
    """
    families = _families(Application.objects.to_submit_at_close(round_))
    each(families, lambda ids: _hand_in_family(ids, round_, at))


def tell_incomplete(application: Application, *, kind: str, at: datetime) -> None:
    """Tell what an application lacked when it was to be handed in at the close."""
    row = Application.objects.for_pages().get(pk=application.pk)
    write_to(
        people_of(row),
        row,
        kind=kind,
        key=f"{kind.replace('_', '-')}:{row.pk}:{row.closes_at.isoformat()}",
        figures=lambda: {
            "title": known_title(row),
            "round": row.round.name,
            "closed_at": formats.day(formats.last_day(row.round.closes_at)),
            "version": row.latest_version or "",
            "missing": "\n".join(f"– {line}" for line in _lacks(row)),
            "link": link_to(row),
        },
        at=at,
    )


def _families(rows: Iterable[Application]) -> list[list[int]]:
    """Ids of what belongs together: a steering group with the projects that share it."""
    families: dict[int, list[int]] = {}
    for row in rows:
        families.setdefault(row.steering_application_id or row.pk, []).append(row.pk)
    return list(families.values())


@transaction.atomic
def _hand_in_family(ids: Sequence[int], round_: Round, at: datetime) -> None:
    """Under the round's lock: it may have been extended, or somebody else may be at it."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if not Round.objects.to_enforce(at).filter(pk=round_.pk).exists():
        return
    locked(ids)
    asked = Application.objects.to_submit_at_close(round_).filter(pk__in=ids)
    rows = list(asked.for_pages().select_related("submit_at_close_by").order_by("pk"))
    moment = round_.last_moment
    judged = {row.pk: _judged(row, moment) for row in rows}
    ready = [row for row in rows if judged[row.pk] and _has_its_steering_group(row, judged)]
    hand_in(
        [(row, judged[row.pk], row.submit_at_close_by) for row in ready],
        at=moment,
        kind="submission_receipt_at_close",
        at_close=True,
    )
    for row in rows:
        if row not in ready and row.state == ApplicationState.SUBMITTED:
            tell_incomplete(row, kind="changes_not_submitted", at=at)


def _judged(row: Application, moment: datetime) -> Snapshot | None:
    """None for one that cannot be handed in."""
    try:
        return judge(row, moment)
    except (Incomplete, CountryClosed):
        return None


def _has_its_steering_group(row: Application, judged) -> bool:
    """A project is handed in after its steering group or with it, never before."""
    steering = row.steering_application
    if steering is None or steering.state != ApplicationState.DRAFT:
        return True
    return bool(judged.get(steering.pk))


def _lacks(row: Application) -> list[str]:
    """What it lacks, in the active language; what only waited for its steering group says so."""
    return lacks(row, row.last_moment) or [_("The steering group's application was not complete")]
