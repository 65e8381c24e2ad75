"""Forms: copied to a draft, worked on, previewed, published; from then on only words change."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin import Button, ReferenceAdmin, WithButtons
from applications.actions import copy_form, faults_in, publish_form, take_back_form
from applications.admin.form_parts import (
    AttachmentInline,
    QuestionInline,
    SectionInline,
    lock,
    page_of,
)
from applications.documents.form_difference import differences, version_before
from applications.documents.form_told import form_rows, told
from applications.models import FormVersion
from icld_portal import clock


def is_draft(form: FormVersion) -> bool:
    return not form.is_published


def can_be_taken_back(form: FormVersion) -> bool:
    opened = form.roundphase_set.filter(round__opens_at__lte=clock.now())
    return form.is_published and not opened.exists()


@admin.register(FormVersion)
class FormVersionAdmin(WithButtons, ReferenceAdmin):
    change_form_template = "admin/form_version.html"
    list_display = ["__str__", "status", "published_at", "used_in"]
    list_filter = ["phase", "status"]
    search_fields = ["questions__label_sv", "questions__label_en", "questions__key"]
    fields = ["phase", "number", "status", "published_at"]
    readonly_fields = fields
    inlines = [SectionInline, QuestionInline, AttachmentInline]
    buttons = (
        Button(
            slug="publish",
            label=_("Publish"),
            act=publish_form,
            done=_("The form is published. Rounds can use it: choose it on the round's page."),
            help=_(
                "What a published form asks is never changed; its wording can be corrected. "
                "Rounds keep the form they have until another is chosen."
            ),
            suits=is_draft,
        ),
        Button(
            slug="copy",
            label=_("Copy to a new version"),
            act=copy_form,
            done=_("This is the new version: a draft that asks the same."),
            help=_("A draft that asks the same, to change, preview and publish."),
        ),
        Button(
            slug="take-back",
            label=_("Take back to draft"),
            act=take_back_form,
            done=_("The form is a draft again. Publish it before a round that uses it opens."),
            help=_(
                "Possible while no application and no opened round uses it. Until it is published "
                "again, rounds that use it take no applications of this phase."
            ),
            suits=can_be_taken_back,
        ),
    )

    class Media:
        css = {"all": ["portal/admin.css"]}

    def has_add_permission(self, request) -> bool:
        """A new version begins as a copy."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return (obj is None or is_draft(obj)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A draft that no round uses."""
        unused = obj is not None and is_draft(obj) and not obj.roundphase_set.exists()
        return unused and super().has_change_permission(request, obj)

    def get_urls(self):
        preview = path(
            "<path:object_id>/preview/",
            self.admin_site.admin_view(self.preview),
            name="applications_formversion_preview",
        )
        return [preview, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("roundphase_set__round")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What is saved waits for a publication at the same moment, and is then refused."""
        if request.method != "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if form := self.get_object(request, unquote(object_id)):
                lock(form.pk)
            return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        before = version_before(obj)
        context |= {
            "preview": reverse("admin:applications_formversion_preview", args=[obj.pk]),
            "faults": faults_in(obj) if is_draft(obj) else None,
            "before": before,
            "changes": differences(before, obj) if before else [],
            "phases": obj.roundphase_set.select_related("round").order_by("round__opens_at"),
            "corrections": obj.corrections.select_related("by"),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every section as an applicant will see it, with nothing to save."""
        form = self.get_object(request, unquote(object_id))
        if form is None:
            raise Http404
        if not self.has_view_permission(request, form):
            raise PermissionDenied
        page = {"form_version": form, "form_told": told(form_rows(form)), "back": page_of(form.pk)}
        return TemplateResponse(request, "applications/form_preview.html", page)

    @admin.display(description=_("used in"))
    def used_in(self, form: FormVersion) -> str:
        return ", ".join(str(row.round) for row in form.roundphase_set.all()) or "–"
