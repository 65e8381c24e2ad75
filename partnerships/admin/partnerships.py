"""Partnerships and steering groups, to look at: the parties themselves write them."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, ReadOnlyInline
from partnerships.models import Partnership, Party, Seat, SteeringGroup


class PartyInline(ReadOnlyInline):
    model = Party


class SeatInline(ReadOnlyInline):
    model = Seat


@admin.register(Partnership)
class PartnershipAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "created_at"]
    search_fields = ["parties__organisation__display_name"]
    inlines = [PartyInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parties__organisation")


@admin.register(SteeringGroup)
class SteeringGroupAdmin(ReadOnlyAdmin):
    search_fields = ["partnership__parties__organisation__display_name"]
    inlines = [SeatInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("partnership")
        return rows.prefetch_related("partnership__parties__organisation")
