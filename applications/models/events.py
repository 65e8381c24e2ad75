import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.querysets import EventQuerySet
from applications.states import Audience
from outbox.models import Message


class Event(models.Model):
    """Something that happened to a case. Written only by `applications.actions.record`."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    kind = models.SlugField(_("kind"))
    audience = models.CharField(_("audience"), max_length=5, choices=Audience)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="event_audience_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class CaseMessage(models.Model):
    """Ties a message to the case it is about."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="case_messages"
    )
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("message of the case")
        verbose_name_plural = _("messages of the case")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "message"], name="case_message_once"),
        ]

    def __str__(self) -> str:
        return str(self.message)
