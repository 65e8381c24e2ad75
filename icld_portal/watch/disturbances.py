"""The record of when the portal could not serve, and what it says of a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Q

from icld_portal import clock
from icld_portal.models import Cause, Disturbance
from icld_portal.watch.spool import Note

GAP = timedelta(minutes=3)
"""How long the portal may go without looking at itself; failures closer together are one."""


@dataclass(frozen=True)
class DisturbanceFacts:
    """One line of the record, in case time. `ended_at` is None while it lasts; `cause` is worded
    in the active language."""

    began_at: datetime
    ended_at: datetime | None
    cause: str
    failed_submissions: int


@dataclass(frozen=True)
class Episode:
    """Failures of one cause that belong together, in real time."""

    cause: Cause
    began: datetime
    ended: datetime
    failed_submissions: int


def disturbances_between(start: datetime, end: datetime) -> list[DisturbanceFacts]:
    """What disturbed the portal at any moment of `start <= at < end`, the first to begin first,
    with its whole length. One query."""
    rows = Disturbance.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=start), began_at__lt=end
    ).order_by("began_at", "id")
    return [
        DisturbanceFacts(
            row.began_at, row.ended_at, str(row.get_cause_display()), row.failed_submissions
        )
        for row in rows
    ]


def unmeasured(last: datetime, now: datetime, notes: Iterable[Note]) -> list[Episode]:
    """The stretches between two looks at itself of which the portal knows nothing.

    A note shows what went on at its moment; longer than `GAP` without any is unknown.
    """
    known = sorted(note.at for note in notes if last < note.at < now)
    moments = [last, *known, now]
    return [
        Episode(Cause.UNMEASURED, before, after, 0)
        for before, after in pairwise(moments)
        if after - before > GAP
    ]


def episodes(notes: Iterable[Note]) -> list[Episode]:
    """Notes of one cause with at most `GAP` between them, put together."""
    found: list[Episode] = []
    for note in sorted(notes, key=lambda each: (each.cause, each.at)):
        failed = int(note.is_submission)
        last = found[-1] if found else None
        if last and last.cause == note.cause and note.at - last.ended <= GAP:
            total = last.failed_submissions + failed
            found[-1] = Episode(note.cause, last.began, note.at, total)
        else:
            found.append(Episode(note.cause, note.at, note.at, failed))
    return found


def write(episode: Episode) -> None:
    """Put an episode on record: what goes on from one that is there makes that one longer."""
    began, ended = clock.shifted(episode.began), clock.shifted(episode.ended)
    row = Disturbance.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=began - GAP),
        cause=episode.cause,
        began_at__lte=ended + GAP,
    ).last()
    if row is None:
        row = Disturbance(cause=episode.cause, began_at=began, ended_at=ended)
    row.began_at = min(row.began_at, began)
    if row.ended_at is not None:
        row.ended_at = max(row.ended_at, ended)
    row.failed_submissions += episode.failed_submissions
    row.save()


def begin(cause: Cause, at: datetime) -> None:
    """From this moment of real time the portal is disturbed, unless it is known to be."""
    moment = clock.shifted(at)
    Disturbance.objects.get_or_create(cause=cause, ended_at=None, defaults={"began_at": moment})


def end_all(at: datetime, *, but: Iterable[Cause] = ()) -> None:
    """What lasted has ended by this moment of real time; `but` goes on."""
    moment = clock.shifted(at)
    for row in Disturbance.objects.filter(ended_at=None).exclude(cause__in=but):
        row.ended_at = max(moment, row.began_at)  # a demo's clock may have been moved back
        row.save(update_fields=["ended_at"])
