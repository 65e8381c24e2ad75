"""Forms and their questions. Once published, only the wording can be changed."""

from django.contrib import admin

from accounts.admin import Administered, ReferenceAdmin
from applications.models import FormVersion, Question
from applications.states import FormStatus

STRUCTURE = ["key", "section", "limit", "limit_unit", "required", "languages", "order"]


def is_published(form: FormVersion | None) -> bool:
    return form is not None and form.status == FormStatus.PUBLISHED


class QuestionInline(Administered, admin.StackedInline):
    """Answers are kept by a question's key, and limits were promised: both stay."""

    model = Question
    extra = 0

    def get_readonly_fields(self, request, obj=None):
        return STRUCTURE if is_published(obj) else []

    def has_add_permission(self, request, obj=None) -> bool:
        return not is_published(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return not is_published(obj) and self.has_change_permission(request, obj)


@admin.register(FormVersion)
class FormVersionAdmin(ReferenceAdmin):
    list_display = ["__str__", "phase", "number", "status"]
    list_filter = ["phase", "status"]
    search_fields = ["questions__label_sv", "questions__label_en", "questions__key"]
    fixed_fields = ("phase", "number")
    inlines = [QuestionInline]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "status"] if is_published(obj) else fields
