"""The demo clock: an offset to real time, kept in one database row."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError

from icld_portal import clock
from icld_portal.models import DemoClock

_known = {"offset": timedelta()}
"""The last offset that this process has read."""


def current_offset() -> timedelta:
    """The offset in force, the last known one while the database is down; always zero outside demo
    mode."""
    if not settings.DEMO:
        return timedelta()
    try:
        row = DemoClock.objects.first()
    except (OperationalError, InterfaceError):
        return _known["offset"]
    _known["offset"] = row.offset if row else timedelta()
    return _known["offset"]


def set_to(moment: datetime) -> None:
    """Move the demo clock so that it shows `moment` now."""
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": moment - clock.real_now()})
