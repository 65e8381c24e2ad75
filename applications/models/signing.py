"""Who signs for each party, the links they were sent, and what they signed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from applications.models.applications import Application
from applications.models.attachments import Attachment
from applications.models.submissions import Submission
from applications.states import IdentityLevel, SigningChannel
from outbox.models import Message
from partnerships.models import Party


class Signatory(models.Model):
    """The person who may sign for a party, and by what mandate."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="signatories"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    mandate = models.CharField(_("mandate"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SWEDISH
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "party"], name="signatory_once"),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="signatory_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignatureRequest(models.Model):
    """A personal link to sign one submission. Only the hash of its token is kept.

    What was asked of whom never changes; `opened_at` and `withdrawn_at` are written once.
    `warnings` says why the address was doubted, as codes and parties. `message` is the mail that
    carries the link; it has no body with the token in it (`outbox.tokens`).
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="signature_requests"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150)
    mandate = models.CharField(max_length=300, blank=True)
    address = models.EmailField()
    language = models.CharField(max_length=2, choices=Language)
    warnings = models.JSONField(default=list)
    token_sha256 = models.CharField(max_length=64, unique=True)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values),
                name="signature_request_language_known",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="asked_once", exclude=["opened_at", "withdrawn_at"]),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.address}"


class Signature(models.Model):
    """What a signatory signed: the frozen copy, by its hash. Written once, never changed.

    Name, title and mandate are as the signatory gave them; the request keeps what was asked for.
    `by` is who registered a scan, or who was logged in when signing by a link. `late`: after the
    day that the round set.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(SignatureRequest, null=True, on_delete=models.PROTECT)
    scan = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150)
    mandate = models.CharField(max_length=300, blank=True)
    address = models.EmailField(blank=True)
    channel = models.CharField(max_length=10, choices=SigningChannel)
    level = models.CharField(max_length=10, choices=IdentityLevel)
    warnings = models.JSONField(default=list)
    late = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    content_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "party"], name="signature_once"),
            models.CheckConstraint(
                condition=models.Q(
                    channel__in=SigningChannel.values, level__in=IdentityLevel.values
                ),
                name="signature_states_known",
            ),
            models.CheckConstraint(
                condition=models.Q(request__isnull=False) | models.Q(scan__isnull=False),
                name="signature_by_link_or_scan",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.party_id}"
