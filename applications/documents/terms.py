"""What the public may reckon with at a moment: which amounts, and for which round."""

from dataclasses import dataclass
from datetime import date, datetime

from applications.models import Round
from funding.models import CeilingSchedule
from icld_portal import clock


@dataclass(frozen=True)
class Terms:
    """`round` is the open one, else the next; `day` is when one can begin to apply in it."""

    schedule: CeilingSchedule | None
    round: Round | None
    is_open: bool
    day: date


def terms_at(at: datetime) -> Terms:
    """The open round's schedule, else that of the next round, else the one in force on the day."""
    rounds = Round.objects.select_related("schedule")
    found = rounds.open_at(at).for_everybody().first()
    is_open = found is not None
    found = found or rounds.next_after(at)
    day = clock.local_date(max(at, found.opens_at) if found else at)
    schedule = found.schedule if found else None
    return Terms(schedule or CeilingSchedule.objects.in_force_on(day), found, is_open, day)
