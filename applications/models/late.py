import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.models.submissions import Submission
from applications.querysets import LateEntryQuerySet
from applications.states import LateChannel, LateOutcome


@pghistory.track()
class LateEntry(models.Model):
    """That an application came, or wants to come, after the close, why, and what was decided.

    With a submission it has been handed in late, and counts once dispensation is granted. Without
    one its parties ask to be let in: granted, they write and submit `until` a moment.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="late_entries"
    )
    channel = models.CharField(_("came by"), max_length=6, choices=LateChannel)
    received_at = models.DateTimeField(_("received"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written down"))
    submission = models.OneToOneField(
        Submission, null=True, on_delete=models.PROTECT, related_name="late_entry"
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=LateOutcome, blank=True)
    until = models.DateTimeField(_("may submit until"), null=True)
    answer_sv = models.TextField(_("reasons in Swedish"), blank=True)
    answer_en = models.TextField(_("reasons in English"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = LateEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("late application")
        verbose_name_plural = _("late applications")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=LateChannel.values), name="late_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None, decided_at=None, answer_sv="")
                | (
                    Q(outcome__in=LateOutcome.values)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer_sv="")
                ),
                name="late_decided_all_or_none",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="late_has_reason"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(outcome=""), name="late_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.round} {self.received_at:%Y-%m-%d %H:%M}"

    @property
    def is_complete(self) -> bool:
        """Whether it was handed in through the portal, with all that the form asks for."""
        return self.submission_id is not None and self.channel == LateChannel.PORTAL

    @property
    def came_late(self) -> bool:
        """Not so what reached ICLD in time, but by paper or e-mail."""
        return self.received_at >= self.application.round.closes_at

    @property
    def what(self) -> str:
        """What it is, in a heading."""
        if self.channel != LateChannel.PORTAL:
            way = self.get_channel_display().lower()
            return gettext("The application came beside the portal, by %(way)s") % {"way": way}
        if self.submission_id and not self.came_late:
            return gettext("The application came before the extended close")
        if self.submission_id:
            return gettext("The application came after the close")
        return gettext("The parties asked for dispensation")

    @property
    def outcome_name(self) -> str:
        if self.outcome == LateOutcome.REFUSED and self.submission_id:
            return gettext("Dismissed as late") if self.came_late else gettext("Dismissed")
        return self.get_outcome_display()

    @property
    def answer(self) -> str:
        """The reasons in the active language, else in Swedish."""
        return (self.answer_en if get_language() == "en" else "") or self.answer_sv
