"""What is said about an application: among those who write it, and with ICLD."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.querysets import PublishedAnswerQuerySet
from funding.states import Phase
from partnerships.models import Organisation

SAID = ["application", "question_key", "from_icld", "organisation", "text", "by", "at"]
"""What never changes of a message."""


class Comment(models.Model):
    """A remark beside a question, for those who write the application. ICLD never sees it.

    `question_key` is a question's, or that of a section whose page is about one thing. The first
    remark of a thread carries whether it is resolved. A withdrawn one has lost its text. The token
    is made by the page, so that a double click is one remark.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    question_key = models.SlugField()
    reply_to = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="replies"
    )
    text = models.TextField(max_length=2000, blank=True)
    token = models.UUIDField(unique=True)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(text=""),
                name="comment_withdrawn_has_no_text",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Enquiry(models.Model):
    """One message between the parties of an application and ICLD, perhaps about one question.

    What was said is never changed. `organisation` is the party that the sender spoke for, empty
    for ICLD. `settled_at`: an officer found that the message needs no answer.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="enquiries")
    question_key = models.SlugField(blank=True)
    from_icld = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(max_length=5000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("message to or from ICLD")
        verbose_name_plural = _("messages to and from ICLD")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_icld=True, organisation__isnull=True)
                | models.Q(from_icld=False, organisation__isnull=False),
                name="enquiry_of_icld_or_a_party",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="enquiry_settled_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="keeps_its_words", fields=SAID),
        ]

    def __str__(self) -> str:
        return self.text[:40]


@pghistory.track()
class PublishedAnswer(models.Model):
    """A question that ICLD has answered for all; about one question of the form, one phase, or
    neither."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answers = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="published"
    )
    phase = models.CharField(_("phase"), max_length=15, choices=Phase, blank=True)
    question_key = models.SlugField(_("question of the form"), blank=True)
    question_sv = models.TextField(_("question in Swedish"))
    question_en = models.TextField(_("question in English"))
    answer_sv = models.TextField(_("answer in Swedish"))
    answer_en = models.TextField(_("answer in English"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phase__in=["", *Phase.values]),
                name="published_answer_phase_known",
            ),
            models.UniqueConstraint(fields=["answers"], name="published_answer_once"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def question(self) -> str:
        """The question in the active language."""
        return self.question_en if get_language() == "en" else self.question_sv

    @property
    def answer(self) -> str:
        """The answer in the active language."""
        return self.answer_en if get_language() == "en" else self.answer_sv
