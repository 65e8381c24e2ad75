"""Forms as data: what is asked for in each phase, in which order and words."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.models.catalogue import Labelled
from applications.states import (
    AskedIn,
    AttachmentKind,
    FormStatus,
    LimitUnit,
    QuestionKind,
    SectionPage,
)
from funding.states import Phase

_ASKED = """
    IF to_jsonb(OLD) - '{label_sv,label_en,help_sv,help_en}'::text[]
        IS DISTINCT FROM to_jsonb(NEW) - '{label_sv,label_en,help_sv,help_en}'::text[]
    AND EXISTS (
        SELECT 1 FROM applications_formversion f
        WHERE f.id IN (OLD.form_version_id, NEW.form_version_id) AND f.status = 'published'
    ) THEN
        RAISE EXCEPTION 'the form is published: only its wording can be changed';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""

_IN_USE = """
    IF TG_OP = 'DELETE' OR (OLD.phase, OLD.number) <> (NEW.phase, NEW.number) THEN
        RAISE EXCEPTION 'the form is published and stays';
    END IF;
    IF NEW.status <> 'published' AND EXISTS (
        SELECT 1 FROM applications_roundphase p
        JOIN applications_application a ON a.round_id = p.round_id AND a.phase = p.phase
        WHERE p.form_version_id = OLD.id
    ) THEN
        RAISE EXCEPTION 'an application uses the form, which stays published';
    END IF;
    RETURN NEW;
"""


def kept_once_published() -> pgtrigger.Trigger:
    """For what a form asks: added, taken away and changed in drafts only, wording apart."""
    return pgtrigger.Trigger(
        name="kept_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_ASKED,
    )


class Helped(Labelled):
    """A label and a help text in both languages."""

    help_sv = models.TextField(_("help in Swedish"), blank=True)
    help_en = models.TextField(_("help in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def help(self) -> str:
        """The help text in the active language."""
        return self.help_en if get_language() == "en" else self.help_sv


class FormVersion(models.Model):
    """What one phase is asked, in one version.

    Drafts are written on. A published form stands, but for its wording; the database refuses to
    make it a draft again once an application uses it. From the opening of a round that uses it,
    `actions.take_back_form` refuses it: the database does not know the portal's clock.
    """

    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=FormStatus, default=FormStatus.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["phase", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="form_version_once"),
            models.CheckConstraint(
                condition=models.Q(phase__in=Phase.values, status__in=FormStatus.values),
                name="form_version_states_known",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stands_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status=FormStatus.PUBLISHED.value),
                func=_IN_USE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.number}"

    @property
    def is_published(self) -> bool:
        return self.status == FormStatus.PUBLISHED


class FormSection(Helped):
    """A page of the form. Its help is what the page says before the first question."""

    form_version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"))
    page = models.CharField(_("page"), max_length=15, choices=SectionPage)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["form_version", "key"], name="form_section_key_once"),
            models.UniqueConstraint(
                fields=["form_version", "page"],
                condition=~models.Q(page=SectionPage.CONTENT),
                name="form_section_page_once",
                violation_error_message=_("A page of its own stands once in a form."),
            ),
            models.CheckConstraint(
                condition=models.Q(page__in=SectionPage.values), name="form_section_page_known"
            ),
        ]
        triggers = [kept_once_published()]

    @property
    def place(self) -> str:
        return self.key


class Question(Helped):
    """One part of the form. `limit` is for texts, `min_rows` and `max_rows` for tables; where a
    kind counts by party or year, its rule says so."""

    form_version = models.ForeignKey(
        FormVersion, on_delete=models.CASCADE, related_name="questions"
    )
    section = models.ForeignKey(FormSection, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"))
    kind = models.CharField(
        _("kind"), max_length=15, choices=QuestionKind, default=QuestionKind.TEXT
    )
    limit = models.PositiveIntegerField(_("limit"), null=True, blank=True)
    limit_unit = models.CharField(
        _("counted in"), max_length=10, choices=LimitUnit, default=LimitUnit.CHARACTERS
    )
    required = models.BooleanField(_("required at submission"), default=True)
    languages = models.CharField(_("languages"), max_length=4, choices=AskedIn, default=AskedIn.ANY)
    min_rows = models.PositiveSmallIntegerField(_("fewest rows"), null=True, blank=True)
    max_rows = models.PositiveSmallIntegerField(_("most rows"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["form_version", "key"], name="question_key_once"),
            models.CheckConstraint(
                condition=models.Q(
                    limit_unit__in=LimitUnit.values,
                    languages__in=AskedIn.values,
                    kind__in=QuestionKind.values,
                ),
                name="question_states_known",
            ),
            models.CheckConstraint(
                # A limit that is not set compares as unknown, which a CHECK lets pass.
                condition=~models.Q(kind=QuestionKind.TEXT)
                | models.Q(limit__isnull=False, limit__gt=0),
                name="question_text_has_limit",
                violation_error_message=_("A text needs a limit."),
            ),
        ]
        triggers = [kept_once_published()]

    @property
    def place(self) -> str:
        return f"{self.section.key}/{self.key}"

    @property
    def is_text(self) -> bool:
        return self.kind == QuestionKind.TEXT


class RequestedAttachment(models.Model):
    """A kind of attachment that a form asks for, or lets one add."""

    form_version = models.ForeignKey(
        FormVersion, on_delete=models.CASCADE, related_name="requested_attachments"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AttachmentKind)
    required = models.BooleanField(_("required at submission"), default=False)
    each_party = models.BooleanField(_("one for each party"), default=False)
    may_be_promised = models.BooleanField(_("may be promised for later"), default=False)
    help_sv = models.TextField(_("help in Swedish"), blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("requested attachment")
        verbose_name_plural = _("requested attachments")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["form_version", "kind"], name="requested_attachment_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AttachmentKind.values),
                name="requested_attachment_kind_known",
            ),
        ]
        triggers = [kept_once_published()]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def place(self) -> str:
        return f"{SectionPage.ATTACHMENTS}/{self.kind}"

    @property
    def help(self) -> str:
        """The help text in the active language."""
        return self.help_en if get_language() == "en" else self.help_sv


class WordingCorrection(models.Model):
    """A wording that was corrected in a form in use, as its applicants are told.

    `place` is the key of a section, or section and question with a slash between them, or
    "attachments/" and a kind.
    """

    form_version = models.ForeignKey(
        FormVersion, on_delete=models.CASCADE, related_name="corrections"
    )
    place = models.CharField(_("place"), max_length=110)
    field = models.CharField(_("field"), max_length=20)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("corrected wording")
        verbose_name_plural = _("corrected wordings")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.place} {self.field}"
