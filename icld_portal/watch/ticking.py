"""What beat asks for every minute: the portal looks at itself and keeps the record."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from icld_portal import clock
from icld_portal.models import Cause, Heartbeat
from icld_portal.watch import disturbances, front_door, spool
from icld_portal.watch.disturbances import GAP
from icld_portal.watch.spool import Note


def age(now: datetime) -> timedelta | None:
    """How long ago the last tick was; None when there has been none. One query."""
    beat = Heartbeat.objects.first()
    return now - beat.ticked_at if beat else None


def is_late(age: timedelta) -> bool:
    return age > GAP


def tick() -> None:
    """Ask for the portal's own page, and write what is wrong, what was, and that this has run.

    Twice at once, or broken off and done again, it says the same once. Raises django.db.Error when
    the database is down, which is noted in the file.
    """
    address = settings.PORTAL_URL
    now = clock.real_now()
    wrong = front_door.ask(address)
    try:
        counted = _record(address, wrong, now)
    except (OperationalError, InterfaceError):
        spool.note(Cause.DATABASE)
        raise
    for name in counted:
        spool.drop(name)


@transaction.atomic
def _record(address: str, wrong: set[Cause] | None, now: datetime) -> list[str]:
    """Gives the files of notes that are counted and can be dropped once this is committed."""
    beat, _made = Heartbeat.objects.select_for_update().get_or_create(
        pk=1, defaults={"ticked_at": now}
    )
    names = spool.set_aside()
    notes = _notes(names, beat.spools, now)
    unknown = disturbances.unmeasured(beat.ticked_at, now, notes)
    if unknown:
        disturbances.end_all(beat.ticked_at)
    if wrong is not None and Cause.PAGE not in wrong:
        beat.door = address
    # What has never answered from here may not be reachable from here: no outage of the portal.
    if wrong is not None and beat.door == address:
        _compare(wrong, now)
    for episode in [*disturbances.episodes(notes), *unknown]:
        disturbances.write(episode)
    beat.ticked_at = max(now, beat.ticked_at)
    beat.spools = names
    beat.save()
    return names


def _notes(names: list[str], counted: list[str], now: datetime) -> list[Note]:
    """What has not been counted yet; nothing failed later than now, whatever its clock said."""
    found = [note for name in names if name not in counted for note in spool.read(name)]
    return [Note(min(note.at, now), note.cause, note.is_submission) for note in found]


def _compare(wrong: set[Cause], now: datetime) -> None:
    disturbances.end_all(now, but=wrong)
    for cause in wrong:
        disturbances.begin(cause, now)
