"""What an application chooses from."""

from django.contrib import admin

from accounts.admin import ReferenceAdmin
from applications.models import Area, CoreArea, GlobalGoal


@admin.register(Area, CoreArea)
class CatalogueAdmin(ReferenceAdmin):
    list_display = ["label_sv", "label_en", "key", "order"]
    search_fields = ["label_sv", "label_en", "key"]
    ordering = ["order"]
    fixed_fields = ("key",)


@admin.register(GlobalGoal)
class GlobalGoalAdmin(ReferenceAdmin):
    list_display = ["number", "label_sv", "label_en"]
    search_fields = ["label_sv", "label_en"]
    fixed_fields = ("number",)
