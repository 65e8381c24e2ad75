"""What every admin page has in common.

Django's own model permissions are not used: there is one permission, `accounts.administer`.
"""

from django.contrib import admin
from django.db.models import Model, TextField
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse

from accounts.admin.history import changes_of


class Administered:
    """Administrators read, add and change. Nobody deletes: other rows may point at this one."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _administers(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _administers(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _administers(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnly(Administered):
    """For cases: what happens to them happens through actions."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class WithChanges:
    """The history page shows the database's own change log below Django's."""

    object_history_template = "admin/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        changes = changes_of(obj) if obj is not None else []
        context = {"changes": changes, **(extra_context or {})}
        return super().history_view(request, object_id, context)


class ReferenceAdmin(WithChanges, Administered, admin.ModelAdmin):
    """Reference data. `fixed_fields` are the keys that code or other systems know a row by."""

    fixed_fields: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None):
        """Once a fixed field has a value, it stays."""
        fixed = [name for name in self.fixed_fields if obj and getattr(obj, name) not in ("", None)]
        return [*super().get_readonly_fields(request, obj), *fixed]


class ReferenceInline(Administered, admin.TabularInline):
    extra = 0
    formfield_overrides = {TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})}}


class ReadOnlyAdmin(WithChanges, ReadOnly, admin.ModelAdmin):
    pass


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    extra = 0
    show_change_link = True


def _administers(request: HttpRequest) -> bool:
    return request.user.has_perm("accounts.administer")
