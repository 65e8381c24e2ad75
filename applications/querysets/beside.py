"""Events, published answers, promises and attachments."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from applications.states import (
    AWAITED,
    Audience,
    FileState,
)

REMINDED = timedelta(days=5)
"""How long before its day a promised attachment is reminded of."""

ATTEMPTS = ("submitted", "submit_refused", "lapsed")
"""Kinds of events of which the log of attempts is made."""


class EventQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Events a person may read: those for all; ICLD's own for those who read cases and belong
        to none of the parties."""
        if not user.has_perm("accounts.read_cases"):
            return self.filter(audience=Audience.ALL)
        applications = self.model._meta.get_field("application").related_model.objects
        return self.exclude(
            audience=Audience.STAFF, application__in=applications.of_parties_of(user)
        )

    def attempts(self):
        """What was done to hand in, with its outcome; and that a draft was not, when it lapsed."""
        return self.filter(kind__in=ATTEMPTS)


class PublishedAnswerQuerySet(models.QuerySet):
    def shown(self):
        """Those that anybody may read: published and not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_phase(self, phase: str):
        """Those that concern a phase: its own, and those that concern every phase."""
        return self.filter(phase__in=["", phase])

    def saying(self, stems):
        """Those in which words begin with every one of the stems, in either language."""
        rows = self
        for stem in stems:
            pattern = rf"\m{stem}"
            said = Q()
            for column in ("question_sv", "question_en", "answer_sv", "answer_en"):
                said |= Q(**{f"{column}__iregex": pattern})
            rows = rows.filter(said)
        return rows


class PromiseQuerySet(models.QuerySet):
    def to_follow_up(self, today: date):
        """Promises near their day or past it, of cases that still take what was promised."""
        due = self.filter(promised_on__lte=today + REMINDED, application__state__in=AWAITED)
        return due.select_related("application", "party__organisation").order_by("id")


class AttachmentQuerySet(models.QuerySet):
    def current(self):
        """Those that stand: neither replaced nor removed."""
        return self.filter(removed_at=None, replaced_by=None)

    def to_scan(self):
        return self.filter(state=FileState.WAITING).order_by("id")

    def to_draw(self):
        return self.filter(state=FileState.READY, has_preview=None).order_by("id")
