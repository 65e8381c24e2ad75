"""Files of an application: uploads under way, what was stored, what was promised for later."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.querysets import AttachmentQuerySet, PromiseQuerySet
from applications.states import AttachmentKind, FileState
from partnerships.models import Party


class Upload(models.Model):
    """A file on its way, in pieces. `received` bytes of `size` lie under `stored_as`.

    A finished one knows its attachment, so that finishing it again gives the same.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=20, choices=AttachmentKind)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        "Attachment", null=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    attachment = models.ForeignKey(
        "Attachment", null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="upload_not_over_its_size"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AttachmentKind.values), name="upload_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A stored file. One that replaces another leaves the older in its place, readable.

    `stored_as` is a random name outside the web root; `content_type` was judged by the content,
    never by the name. `finding` says why a scanner refused it. `late`: it came after the close on
    a promise, so ICLD reads it although no submission holds it. `has_preview` is empty until a
    picture has been tried.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="attachments"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AttachmentKind)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    finding = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    has_preview = models.BooleanField(null=True)
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AttachmentKind.values, state__in=FileState.values),
                name="attachment_states_known",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttachmentPromise(models.Model):
    """An attachment that comes after the submission, and when: politics is slower than portals."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(_("kind"), max_length=20, choices=AttachmentKind)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    promised_on = models.DateField(_("promised for"))
    note = models.CharField(_("comment"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["promised_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "party"],
                nulls_distinct=False,
                name="attachment_promise_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AttachmentKind.values),
                name="attachment_promise_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.promised_on}"
