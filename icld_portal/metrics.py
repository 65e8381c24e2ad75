"""How the portal is, in figures for Prometheus; computed when they are asked for. Nothing here is
about anybody."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge

from icld_portal import clock
from icld_portal.health import cache_answers, queue_answers, reading
from icld_portal.models import Cause, Disturbance
from icld_portal.overdue import overdue
from icld_portal.watch import ticking
from outbox.models import Message
from outbox.states import MessageState


@never_cache
@require_safe
def metrics(request):
    """Always 200: a database that is down is a figure, and what only it knows is left out."""
    return HttpResponse(generate_latest(_registry), content_type=CONTENT_TYPE_LATEST)


class Portal:
    """A collector of the prometheus_client."""

    def collect(self) -> Iterator[Gauge]:
        found = reading()
        yield Gauge("portal_database_up", "Whether the database answers", found is not None)
        yield Gauge("portal_cache_up", "Whether the cache answers", cache_answers())
        yield Gauge("portal_queue_up", "Whether the worker's queue answers", queue_answers())
        if found is None:
            return
        took, ahead = found.took.total_seconds(), found.ahead.total_seconds()
        yield Gauge("portal_database_answer_seconds", "One question to the database", took)
        yield Gauge("portal_clock_ahead_seconds", "This clock against the database's", ahead)
        yield from _beat(found.true_now)
        yield from _due_work()
        yield _messages()
        yield _disturbances()


def _beat(now: datetime) -> Iterator[Gauge]:
    """Nothing before the first tick."""
    age = ticking.age(now)
    if age is not None:
        yield Gauge("portal_beat_age_seconds", "Since the last tick", age.total_seconds())


def _due_work() -> Iterator[Gauge]:
    rows = Gauge("portal_overdue", "Work that should have been done", labels=["kind"])
    ages = Gauge("portal_overdue_oldest_seconds", "The oldest of it", labels=["kind"])
    at = clock.now()
    for kind, found in overdue(at).items():
        rows.add_metric([kind], found.count)
        ages.add_metric([kind], found.age(at).total_seconds())
    yield rows
    yield ages


def _messages() -> Gauge:
    states = [MessageState.QUEUED, MessageState.FAILED]
    counted = Message.objects.filter(state__in=states).order_by().values_list("state")
    count = dict(counted.annotate(Count("pk")))
    gauge = Gauge("portal_messages", "Messages not sent", labels=["state"])
    for state in states:
        gauge.add_metric([state.value], count.get(state, 0))
    return gauge


def _disturbances() -> Gauge:
    lasting = set(Disturbance.objects.filter(ended_at=None).values_list("cause", flat=True))
    gauge = Gauge("portal_disturbed", "Whether the portal is on record as such", labels=["cause"])
    for cause in Cause:
        gauge.add_metric([cause.value], cause in lasting)
    return gauge


_registry = CollectorRegistry()
_registry.register(Portal())
