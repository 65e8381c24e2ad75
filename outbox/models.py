from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from outbox.querysets import MessageQuerySet
from outbox.states import MessageState


class MailText(models.Model):
    """The wording of one kind of message, in both languages; edited in admin."""

    kind = models.SlugField(_("kind"), unique=True, editable=False)
    subject_sv = models.CharField(_("subject in Swedish"), max_length=200)
    subject_en = models.CharField(_("subject in English"), max_length=200)
    body_sv = models.TextField(_("text in Swedish"))
    body_en = models.TextField(_("text in English"))
    placeholders = ArrayField(models.CharField(max_length=40), editable=False, default=list)

    class Meta:
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind

    def worded(self, language: str) -> tuple[str, str]:
        """Subject and body in a language (`sv` or `en`), placeholders unfilled."""
        if language == Language.ENGLISH:
            return self.subject_en, self.body_en
        return self.subject_sv, self.body_sv


class Message(models.Model):
    """A message that leaves the portal, written down before it is sent.

    Knows nothing of cases. `key` is unique, so that a job that runs twice writes it once.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.SlugField()
    address = models.EmailField(_("address"))
    language = models.CharField(max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("error"), blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="queued"), name="message_queued"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MessageState.values), name="message_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"


class Attachment(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.filename
