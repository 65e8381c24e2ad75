"""What a form is made of: sections, questions and attachments, as rows of its page and one by one.

A draft's are changed freely. Of a published form the wording alone is corrected, and each
correction is kept for those who have read it otherwise.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.admin import ReferenceAdmin, ReferenceInline
from applications.actions import correct_wording
from applications.form_diff import WORDING
from applications.models import FormSection, FormVersion, Question, RequestedAttachment
from applications.states import SectionPage

SHORT = forms.TextInput(attrs={"size": 17})
KEY = forms.TextInput(attrs={"size": 14})
NUMBER = forms.NumberInput(attrs={"class": "portal-short"})
KEY_MESSAGES = {"invalid": _("Only letters (a to z), digits, hyphens and underscores.")}
NARROW = {"key": KEY, "label_sv": SHORT, "label_en": SHORT, "order": NUMBER, "limit": NUMBER}


def page_of(form_id: int) -> str:
    return reverse("admin:applications_formversion_change", args=[form_id])


class Rows(BaseInlineFormSet):
    """A field of a row is named by its column, and by its row once there is one."""

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            name = f"{field.label}: {form.instance}" if form.instance.pk else str(field.label)
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = name

    def get_unique_error_message(self, unique_check) -> str:
        fields = [self.model._meta.get_field(name) for name in unique_check]
        names = [str(field.verbose_name) for field in fields if not field.is_relation]
        return _("Two rows have the same %(field)s.") % {"field": ", ".join(names)}


class OfDraft(ReferenceInline):
    """Rows that can be added, changed and taken away while their form is a draft."""

    template = "admin/form_rows.html"
    formset = Rows
    classes = ("portal-wide",)

    def has_add_permission(self, request, obj=None) -> bool:
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("form_version")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Small fields, so that a row keeps to one line; no links to pages of related rows."""
        if widget := NARROW.get(db_field.name):
            kwargs["widget"] = widget
        if db_field.name == "key":
            kwargs["error_messages"] = KEY_MESSAGES
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for way in ("add", "change", "delete", "view"):
            setattr(field.widget, f"can_{way}_related", False)
        return field

    @admin.display(description=_("wording"))
    def words(self, row) -> str:
        if row.pk is None:
            return ""
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        text = _("Correct") if row.form_version.is_published else _("Write")
        address = reverse(name, args=[row.pk])
        return format_html(
            '<a href="{}">{}<span class="visually-hidden">: {}</span></a>', address, text, row
        )


class SectionRows(Rows):
    def clean(self) -> None:
        """The questions of a section would go with it, and a page of its own stands once."""
        super().clean()
        for row in self.deleted_forms:
            if row.instance.questions.exists():
                message = _("%(section)s has questions. Move or delete them first.")
                raise ValidationError(message, params={"section": row.instance})
        self._ensure_pages_once()

    def _ensure_pages_once(self) -> None:
        """The database knows it too, but for rows that change places it has to be asked last."""
        taken = set()
        for row in self.forms:
            page = getattr(row, "cleaned_data", {}).get("page", SectionPage.CONTENT)
            if page in taken and row not in self.deleted_forms:
                row.add_error("page", _("Another section is this page already."))
            elif page != SectionPage.CONTENT and row not in self.deleted_forms:
                taken.add(page)

    def save_existing_objects(self, commit=True):
        """Sections whose pages change places stand aside until all are saved."""
        moved = [row.instance.pk for row in self.initial_forms if "page" in row.changed_data]
        FormSection.objects.filter(pk__in=moved).update(page=SectionPage.CONTENT)
        return super().save_existing_objects(commit)


class SectionInline(OfDraft):
    model = FormSection
    formset = SectionRows
    fields = ["order", "key", "page", "label_sv", "label_en", "words"]
    readonly_fields = ["words"]


class QuestionInline(OfDraft):
    """What is asked where; words, languages and rows of a table are on each question's page."""

    model = Question
    fields = ["section", "order", "key", "kind", "words", "limit", "limit_unit", "required"]
    readonly_fields = ["words"]
    ordering = ["section__order", "order"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("section")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "section":
            form = unquote(request.resolver_match.kwargs["object_id"])
            kwargs["queryset"] = FormSection.objects.filter(form_version=form)
            kwargs["empty_label"] = None
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "section":
            field.choices = list(field.choices)  # read once, not for every row
        return field


class AttachmentInline(OfDraft):
    model = RequestedAttachment
    fields = ["order", "kind", "required", "each_party", "may_be_promised", "words"]
    readonly_fields = ["words"]


class PartForm(forms.ModelForm):
    def _get_validation_exclusions(self) -> set[str]:
        """What is unique in a form is judged, though the form itself is not chosen here."""
        return super()._get_validation_exclusions() - {"form_version"}


class PartAdmin(ReferenceAdmin):
    """One part of a form. Reached from the form's page."""

    form = PartForm
    list_display = ["__str__", "form_version"]
    list_filter = ["form_version"]
    list_select_related = ["form_version"]
    search_fields = ["key", "label_sv", "label_en"]
    structure: tuple[str, ...] = ()

    def has_module_permission(self, request) -> bool:
        return False

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        of_draft = obj is not None and _is_draft(obj.form_version)
        return of_draft and super().has_change_permission(request, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("form_version")

    def get_fields(self, request, obj=None):
        wording = [name for name in WORDING if hasattr(self.model, name)]
        return ["of_form", *self._structure(obj), *wording]

    def get_readonly_fields(self, request, obj=None):
        stands = self._structure(obj) if _stands(obj) else ()
        return ["of_form", *stands]

    def _structure(self, obj) -> list[str]:
        named = {"section": "of_section"} if _stands(obj) else {}
        return [named.get(name, name) for name in self.structure]

    @admin.display(description=_("form"))
    def of_form(self, part) -> str:
        return str(part.form_version)

    @admin.display(description=_("section"))
    def of_section(self, part) -> str:
        return str(part.section)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "key":
            kwargs["error_messages"] = KEY_MESSAGES
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What is saved waits for a publication at the same moment, and is then a correction."""
        if request.method != "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if part := self.get_object(request, unquote(object_id)):
                lock(part.form_version_id)
            return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        if not obj.form_version.is_published:
            super().save_model(request, obj, form, change)
            return
        texts = {name: form.cleaned_data[name] for name in WORDING if name in form.cleaned_data}
        correct_wording(obj, texts, by=request.user, at=request.received_at)

    def response_post_save_change(self, request, obj) -> HttpResponse:
        return redirect(page_of(obj.form_version_id))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["form_page"] = page_of(obj.form_version_id)
        return super().render_change_form(request, context, add, change, form_url, obj)

    change_form_template = "admin/form_part.html"


@admin.register(FormSection)
class SectionAdmin(PartAdmin):
    structure = ("key", "page", "order")


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    structure = (
        *("section", "order", "key", "kind", "required", "languages"),
        *("limit", "limit_unit", "min_rows", "max_rows"),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "section":
            asked = Question.objects.filter(pk=unquote(request.resolver_match.kwargs["object_id"]))
            kwargs["queryset"] = FormSection.objects.filter(
                form_version__in=asked.values("form_version")
            )
            kwargs["label"] = capfirst(_("section"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(RequestedAttachment)
class RequestedAttachmentAdmin(PartAdmin):
    structure = ("order", "kind", "required", "each_party", "may_be_promised")
    search_fields = ["kind", "help_sv", "help_en"]


def lock(form_id: int) -> None:
    FormVersion.objects.select_for_update(no_key=True).get(pk=form_id)


def _stands(part) -> bool:
    """What a published form asks is only shown."""
    return part is not None and part.form_version.is_published


def _is_draft(form: FormVersion | None) -> bool:
    return form is not None and not form.is_published
