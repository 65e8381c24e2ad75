"""What ICLD sees of a round: what came, what came late, and what stood in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from applications.models import Application, Event, Round
from applications.states import STOPS_EXTENSION, UNSUBMITTED, ApplicationState, LateOutcome
from icld_portal.watch.disturbances import DisturbanceFacts, disturbances_between

AFTERWARDS = timedelta(hours=1)
"""How long after the close a disturbance is still told: its end may lie there."""


@dataclass(frozen=True)
class Received:
    """How many applications of a round there are. `drafts` are counted, never read."""

    submitted: int
    at_close: int
    changed: int
    drafts: int
    lapsed: int
    withdrawn: int
    answered: int
    refused_attempts: int
    late_waiting: int
    late_granted: int
    late_refused: int


def received_in(round_: Round) -> Received:
    """Four queries, whatever the size of the round. An application that the portal handed in at the
    close counts once, however many versions it did so with; what is handed in together, and
    refused, is one attempt."""
    rows = Application.objects.filter(round=round_)
    states = rows.aggregate(
        submitted=_count(~Q(state__in=[*UNSUBMITTED, ApplicationState.WITHDRAWN])),
        drafts=_count(Q(state=ApplicationState.DRAFT)),
        lapsed=_count(Q(state=ApplicationState.LAPSED)),
        withdrawn=_count(Q(state=ApplicationState.WITHDRAWN)),
        answered=_count(Q(state__in=STOPS_EXTENSION)),
        late_waiting=_count(Q(late_entries__outcome=""), "late_entries"),
        late_granted=_count(Q(late_entries__outcome=LateOutcome.GRANTED), "late_entries"),
        late_refused=_count(Q(late_entries__outcome=LateOutcome.REFUSED), "late_entries"),
    )
    events = Event.objects.filter(application__round=round_).order_by()
    at_close = events.filter(kind="submitted", data__at_close=True)
    refused = events.filter(
        kind="submit_refused", data__code="round_closed", at__gte=round_.closes_at
    )
    return Received(
        **states,
        at_close=at_close.values("application").distinct().count(),
        refused_attempts=refused.values("at", "by").distinct().count(),
        changed=rows.with_unsubmitted_changes().count(),
    )


def _count(condition: Q, what: str = "pk") -> Count:
    """An application with several late entries is still one."""
    return Count(what, filter=condition, distinct=True)


def disturbances_of(round_: Round) -> list[DisturbanceFacts]:
    """When the portal could not be used while the round was open, or just after its close."""
    return disturbances_between(round_.opens_at, round_.closes_at + AFTERWARDS)


def near_the_close(
    disturbances: Iterable[DisturbanceFacts], closes_at: datetime
) -> list[DisturbanceFacts]:
    """Those of the last two days, when most applications come: they may call for an extension."""
    early = closes_at - timedelta(days=2)
    return [each for each in disturbances if each.ended_at is None or each.ended_at > early]
