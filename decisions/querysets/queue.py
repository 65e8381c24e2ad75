"""The queue: cases as officers list, find, sort and count them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Cast

from applications.states import ApplicationState
from decisions.states import CaseState
from icld_portal import clock

WITHDRAWN = ApplicationState.WITHDRAWN.value
"""Stands in a queue for the state of a case that its parties have withdrawn."""
DISMISSED = ApplicationState.DISMISSED.value
"""Stands in a queue for the state of a case that came too late and was dismissed."""
ENDED = (WITHDRAWN, DISMISSED)
UNPROPOSED = (CaseState.RECEIVED, CaseState.SCREENING, CaseState.ASSESSMENT)
UNDECIDED = (*UNPROPOSED, CaseState.PROPOSED, CaseState.DEFERRED)
NEW = timedelta(days=7)
"""How long a submission is one that just came in."""


class QueueQuerySet(models.QuerySet):
    """Reads plain columns of the case, so that ten thousand of them stay quick."""

    def as_queue(self):
        """Cases that have been taken in. Adds shown_state: the case's, or that it has ended; and
        stage, by which states are sorted in the order of the work."""
        shown = models.Case(
            models.When(application__state__in=ENDED, then=F("application__state")),
            default=Cast("state", models.CharField()),
            output_field=models.CharField(),
        )
        stages = [
            models.When(shown_state=state, then=place)
            for place, state in enumerate([*CaseState.values, *ENDED])
        ]
        taken_in = self.filter(submission__isnull=False).annotate(shown_state=shown)
        return taken_in.annotate(stage=models.Case(*stages, output_field=models.IntegerField()))

    def matching(self, words: Iterable[str]):
        """Those in which every word is found."""
        found = self
        for word in words:
            found = found.filter(sought__contains=word)
        return found

    def state_counts(self) -> dict[str, int]:
        """How many are in each state, or have ended without a decision, in one query."""
        states = [*CaseState.values, *ENDED]
        counts = {state: Count("pk", filter=Q(shown_state=state)) for state in states}
        return self.aggregate(**counts)

    def day_counts(self, user, at: datetime) -> dict[str, int]:
        """What somebody's day at ICLD is made of, in one query."""
        mine, shown = Q(officer=user), "shown_state"
        waits = Q(**{f"{shown}__in": UNDECIDED})
        today = clock.local_date(at)
        wanted = {
            "to_assess": mine & Q(**{f"{shown}__in": UNPROPOSED}),
            "to_send": mine & Q(**{shown: CaseState.DECIDED}),
            "nobodys": Q(officer=None) & waits,
            "overdue": waits & Q(application__round__decision_on__lt=today),
            "came_in": Q(received_at__gt=at - NEW),
        }
        return self.aggregate(**{name: Count("pk", filter=test) for name, test in wanted.items()})

    def for_list(self):
        """With what a row of the queue shows, in one query."""
        return self.select_related("application__round", "officer").defer("sought")
