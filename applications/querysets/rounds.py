"""Rounds at a moment."""

from datetime import datetime

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from applications.reminders import LONGEST
from applications.round_dates import ENFORCED_AFTER
from applications.states import UNSUBMITTED, FormStatus, RoundKind


class RoundQuerySet(models.QuerySet):
    def open_at(self, at: datetime):
        """Rounds one may apply in at that moment, the first to close first. One that has no
        ceilings or no published form does not open."""
        return self.ready().filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at")

    def ready(self):
        """Rounds with ceilings and, for at least one phase, a published form."""
        phases = self.model._meta.get_field("phases").related_model.objects
        asked = phases.filter(round=OuterRef("pk"), form_version__status=FormStatus.PUBLISHED)
        return self.filter(Exists(asked), schedule__isnull=False)

    def for_everybody(self):
        """Those that are not kept for a network: regular ones first, then the first to close."""
        regular = Case(When(kind=RoundKind.REGULAR, then=0), default=1)
        return self.filter(network=None).order_by(regular, "closes_at")

    def offered_to(self, organisations):
        """Those in which at least one of the organisations may apply."""
        return self.filter(Q(network=None) | Q(network__members__in=organisations)).distinct()

    def taking(self, phase: str):
        """Those in which one can apply for the phase."""
        return self.filter(phases__phase=phase, phases__form_version__status=FormStatus.PUBLISHED)

    def counted(self):
        """Adds received (submitted applications) and came_late (those and requests, after the
        close), each as a subquery: rows of the one do not multiply the other's."""
        applications = self.model._meta.get_field("applications").related_model.objects
        own = applications.filter(round=OuterRef("pk")).order_by().values("round")
        received = own.exclude(state__in=UNSUBMITTED).annotate(rows=Count("pk")).values("rows")
        late = own.annotate(rows=Count("late_entries")).values("rows")
        return self.annotate(
            received=Coalesce(Subquery(received), 0), came_late=Coalesce(Subquery(late), 0)
        )

    def next_after(self, at: datetime):
        """The next round for everybody to open, or None."""
        return self.filter(opens_at__gt=at, network=None).order_by("opens_at").first()

    def to_enforce(self, at: datetime):
        """Rounds whose deadline is due to be carried out and has not been."""
        return self.filter(enforced_at=None, closes_at__lte=at - ENFORCED_AFTER)

    def closing_soon(self, at: datetime):
        """Open rounds that may have something to remind of, with the occasions carried out."""
        near = self.filter(opens_at__lte=at, closes_at__gt=at, closes_at__lte=at + LONGEST)
        return near.prefetch_related("occasions").order_by("closes_at")

    def unready(self, at: datetime):
        """Rounds that have soon to open, or should have, and cannot; with the occasions carried
        out. The opposite of `ready`."""
        near = self.filter(opens_at__lte=at + LONGEST, closes_at__gt=at)
        unfit = near.exclude(pk__in=self.model.objects.ready().values("pk"))
        return unfit.prefetch_related("occasions").order_by("opens_at")
