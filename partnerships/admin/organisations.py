"""Organisations, their kinds, and who acts for them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import ReferenceAdmin, ReferenceInline, UserAdmin
from partnerships.models import Membership, Organisation, OrganisationKind


class MembershipInline(ReferenceInline):
    """Members may be taken away: nothing points at a membership, and its history stays."""

    model = Membership
    autocomplete_fields = ["user", "organisation"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)


class UserMembershipInline(MembershipInline):
    verbose_name, verbose_name_plural = _("membership"), _("memberships")


# People are shown on a lower floor that knows no memberships; this floor adds them.
UserAdmin.inlines = [*UserAdmin.inlines, UserMembershipInline]


@admin.register(OrganisationKind)
class OrganisationKindAdmin(ReferenceAdmin):
    list_display = ["__str__", "key", "may_apply", "counts_as_government", "needs_owner"]
    search_fields = ["label_sv", "label_en", "key"]
    fixed_fields = ("key",)


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    list_display = ["display_name", "kind", "country", "kommun_code", "region_code"]
    list_filter = ["kind", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["kind", "country"]
    search_fields = [
        "name",
        "display_name",
        "former_names",
        "kommun_code",
        "region_code",
        "organisation_number",
    ]
    fixed_fields = ("kommun_code", "region_code")
    autocomplete_fields = ["owned_by", "country"]
    inlines = [MembershipInline]
