"""The demo clock: an offset to real time, kept in one database row."""

from datetime import datetime, timedelta

from django.conf import settings

from icld_portal import clock
from icld_portal.models import DemoClock


def current_offset() -> timedelta:
    """The offset in force; always zero outside demo mode."""
    if not settings.DEMO:
        return timedelta()
    row = DemoClock.objects.first()
    return row.offset if row else timedelta()


def set_to(moment: datetime) -> None:
    """Move the demo clock so that it shows `moment` now."""
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": moment - clock.real_now()})
