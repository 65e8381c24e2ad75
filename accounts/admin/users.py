"""People and their roles. Nobody is a superuser and nobody is deleted: close accounts instead."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.admin.bases import Administered, WithChanges
from accounts.models import User
from accounts.states import Role

admin.site.unregister(Group)  # roles are fixed; people are given them on their own page

PERSON = ["email", "name", "title", "phone", "language"]


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self):
        super().__init__(
            Group.objects.filter(name__in=Role.values),
            required=False,
            label=_("Roles"),
        )

    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class PersonForm(forms.ModelForm):
    """What adding and changing a person have in common."""

    groups = RolesField()

    def clean_email(self) -> str:
        """Addresses are kept in lower case, so that nobody gets two accounts."""
        email = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email).exists():
            raise ValidationError(_("There is an account with this e-mail address already."))
        return email

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("groups") and not cleaned.get("is_staff", self.instance.is_staff):
            self.add_error("groups", _("Roles are for people who work for ICLD."))
        return cleaned


class AddUserForm(PersonForm, AdminUserCreationForm):
    class Meta:
        model = User
        fields = [*PERSON, "is_staff", "groups"]


class ChangeUserForm(PersonForm, UserChangeForm):
    class Meta:
        model = User
        fields = [*PERSON, "password", "is_active", "is_staff", "groups"]


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(WithChanges, Administered, DjangoUserAdmin):
    form, add_form = ChangeUserForm, AddUserForm
    list_display = ["name", "email", "roles", "is_staff", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_staff", "is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": [*PERSON, "password"]}),
        (_("Work at ICLD"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Times"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": [*PERSON, "usable_password", "password1", "password2"]}),
        (_("Work at ICLD"), {"fields": ["is_staff", "groups"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Nobody takes away their own role and leaves the portal without an administrator."""
        own = ["is_active", "is_staff", "roles"] if obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *own]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj != request.user:
            return fieldsets
        (first, (title, _options), last) = fieldsets
        return [first, (title, {"fields": ["is_active", "is_staff", "roles"]}), last]

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role in names) or "–"
