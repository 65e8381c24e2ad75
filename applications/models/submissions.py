import json
from functools import cached_property

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from applications.models.applications import Application
from applications.querysets import GivenOutQuerySet, SubmissionQuerySet
from applications.states import DocumentKind, SubmissionKind
from funding.models import Budget


class DiaryCounter(models.Model):
    """The last registration number given out in a Stockholm year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}-{self.last:04d}"


class Submission(models.Model):
    """A frozen copy of an application as it was handed in. Written once, never changed.

    `content` is canonical JSON (sorted keys, no spaces) and `content_sha256` its SHA-256. Names of
    persons lie in `persons` with a hash of their own that the content carries, so that they can be
    erased without breaking the content's hash. `budget` has the same lines as the content, locked,
    for what is proposed and granted to be compared with.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=SubmissionKind)
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    persons = models.TextField()
    persons_sha256 = models.CharField(max_length=64)
    budget = models.OneToOneField(Budget, on_delete=models.PROTECT, related_name="+")
    amount_sek = models.PositiveIntegerField(_("amount, SEK"))
    received_at = models.DateTimeField(_("received"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="submission_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SubmissionKind.values), name="submission_kind_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"

    @property
    def title(self) -> str:
        """The title that was handed in, in the active language, else the other."""
        titles = self.data["titles"]
        own, other = ("en", "sv") if get_language() == "en" else ("sv", "en")
        return titles[own] or titles[other]

    @cached_property
    def data(self) -> dict:
        """The frozen content, names of persons included under `persons`."""
        return {**json.loads(self.content), "persons": json.loads(self.persons)}


class SubmissionPdf(models.Model):
    """The submission as a PDF, made by the worker from the frozen copy."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="pdf")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    rendered_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.submission)


class GivenOut(models.Model):
    """A PDF made of a submission, known by its bytes, so that anybody can ask whether it is ours.

    What is made on request may come out otherwise after the portal has been changed; each that has
    left it is here, once. The bytes themselves are not kept.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="given_out")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    language = models.CharField(max_length=2, choices=Language)
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    objects = GivenOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DocumentKind.values), name="given_out_kind_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.kind} {self.language}"
