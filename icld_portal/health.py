"""How the portal is, for whoever watches over it. Nothing here is about anybody."""

from datetime import datetime

from django.core.cache import cache
from django.db import Error
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from icld_portal import clock, queue
from icld_portal.models import Cause
from icld_portal.overdue import overdue
from icld_portal.watch import clocks, spool, ticking
from icld_portal.watch.clocks import Reading

WORD = {True: "ok", False: "down"}
UNKNOWN = "unknown"


@never_cache
@require_safe
def health(request):
    """200 while the database answers and this process's clock agrees with it: the portal does
    without the others, only slower."""
    found = reading()
    parts = {
        "database": WORD[found is not None],
        "clock": _clock(found),
        "cache": WORD[cache_answers()],
        "worker queue": WORD[queue_answers()],
        "beat": _beat(found.true_now) if found else UNKNOWN,
        "due work": _due_work() if found else UNKNOWN,
    }
    return JsonResponse(parts, status=503 if found is None or found.is_off else 200)


def reading() -> Reading | None:
    """How this process's clock stands to the database's; None when that does not answer."""
    try:
        found = clocks.reading()
    except Error:
        spool.note(Cause.DATABASE)
        return None
    clocks.memory.learn(found)
    return found


def cache_answers() -> bool:
    cache.set("health", "here", timeout=60)
    return cache.get("health") == "here"


def queue_answers() -> bool:
    """A queue that is down stops the tick, so that it is noted here."""
    is_up = queue.answers()
    if not is_up:
        spool.note(Cause.QUEUE)
    return is_up


def _clock(found: Reading | None) -> str:
    if found is None:
        return UNKNOWN
    return f"off by {abs(found.ahead).total_seconds():.0f} s" if found.is_off else WORD[True]


def _beat(now: datetime) -> str:
    age = ticking.age(now)
    if age is None:
        return "not yet"
    return f"late, last {age.total_seconds():.0f} s ago" if ticking.is_late(age) else WORD[True]


def _due_work() -> str:
    late = [kind for kind, found in overdue(clock.now()).items() if found.count]
    return f"late: {', '.join(late)}" if late else WORD[True]
