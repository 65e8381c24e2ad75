"""Networks: who may apply in their rounds."""

from django.contrib import admin

from accounts.admin import ReferenceAdmin
from partnerships.models import Network, Organisation


@admin.register(Network)
class NetworkAdmin(ReferenceAdmin):
    list_display = ["name_sv", "name_en"]
    search_fields = ["name_sv", "name_en"]
    filter_horizontal = ["members"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "members":
            kwargs["queryset"] = Organisation.objects.may_apply()
        return super().formfield_for_manytomany(db_field, request, **kwargs)
