"""What a round reminds of, and when each occasion is due.

Every occasion is at 08:00 by the clock in Sweden, whether the clocks have changed or not; only
the moment at which a round should have opened is the opening itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from icld_portal.clock import STOCKHOLM, local_date

MORNING = time(8)


class OccasionKind(models.TextChoices):
    """How many days are left to the last day, or until the round opens."""

    LEFT_14 = "left_14", _("14 days left")
    LEFT_7 = "left_7", _("7 days left")
    LEFT_3 = "left_3", _("3 days left")
    LEFT_1 = "left_1", _("1 day left")
    LAST_MORNING = "left_0", _("The last morning")
    UNREADY_7 = "unready_7", _("Not ready a week before it opens")
    UNREADY_1 = "unready_1", _("Not ready the day before it opens")
    UNREADY_0 = "unready_0", _("Not ready when it should have opened")


BEFORE_THE_CLOSE = {
    OccasionKind.LEFT_14: 14,
    OccasionKind.LEFT_7: 7,
    OccasionKind.LEFT_3: 3,
    OccasionKind.LEFT_1: 1,
    OccasionKind.LAST_MORNING: 0,
}
"""Days before the last day."""

BEFORE_THE_OPENING = {OccasionKind.UNREADY_7: 7, OccasionKind.UNREADY_1: 1}
"""Days before the first day."""

LONGEST = timedelta(days=15)
"""No occasion is due longer than this before the moment that it is about: 14 days and a morning."""


@dataclass(frozen=True)
class Occasion:
    kind: OccasionKind
    due_at: datetime


def of_the_close(opens_at: datetime, closes_at: datetime) -> list[Occasion]:
    """When those with something that is not handed in are reminded, in order.

    Only what falls after the opening and before the close: a short round has fewer. The last day
    is that of the last moment inside.
    """
    last_day = local_date(closes_at - datetime.resolution)
    found = _in_days_before(last_day, BEFORE_THE_CLOSE)
    return [each for each in found if opens_at < each.due_at < closes_at]


def of_the_opening(opens_at: datetime) -> list[Occasion]:
    """When it is told that a round is not ready to open, in order."""
    found = _in_days_before(local_date(opens_at), BEFORE_THE_OPENING)
    early = [each for each in found if each.due_at < opens_at]
    return [*early, Occasion(OccasionKind.UNREADY_0, opens_at.astimezone(UTC))]


def newly_due(
    occasions: Iterable[Occasion], carried_out: Iterable[Occasion], at: datetime
) -> list[Occasion]:
    """Those whose time has come and that have not been seen to. The last one is to be told, the
    others have been overtaken by it."""
    done = set(carried_out)
    return [each for each in occasions if each.due_at <= at and each not in done]


def _in_days_before(day: date, kinds: dict[OccasionKind, int]) -> list[Occasion]:
    return [Occasion(kind, _morning(day - timedelta(days=days))) for kind, days in kinds.items()]


def _morning(day: date) -> datetime:
    """In UTC: moments of one zone are compared by the hands of its clock, not by time."""
    return datetime.combine(day, MORNING, STOCKHOLM).astimezone(UTC)
