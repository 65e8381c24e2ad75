"""Rounds: when one may apply, for what, and by which ceilings."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import ReferenceAdmin, ReferenceInline
from applications.models import FormVersion, Round, RoundPhase
from applications.states import FormStatus
from funding.models import CeilingSchedule
from funding.states import ScheduleStatus
from icld_portal import clock


def has_opened(round_: Round | None) -> bool:
    return round_ is not None and round_.opens_at <= clock.now()


class RoundPhaseInline(ReferenceInline):
    """Phases and their forms; fixed once the round has opened."""

    model = RoundPhase

    def has_add_permission(self, request, obj=None) -> bool:
        return not has_opened(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return not has_opened(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "form_version":
            kwargs["queryset"] = FormVersion.objects.filter(status=FormStatus.PUBLISHED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Round)
class RoundAdmin(ReferenceAdmin):
    list_display = ["name", "opens_at", "closes_at", "state", "schedule", "decision_on"]
    list_filter = ["season", "year"]
    list_select_related = ["schedule"]
    search_fields = ["=year"]
    fixed_fields = ("season", "year")
    readonly_fields = ["enforced_at"]
    inlines = [RoundPhaseInline]
    window = ["season", "year", "opens_at", "closes_at", "enforced_at"]
    money = ["schedule", "frame_sek"]
    dates = ["earliest_start", "decision_on", "notice_on", "publication_on"]

    def get_fieldsets(self, request, obj=None):
        frozen = obj is not None and obj.schedule_is_frozen
        note = _("The schedule is frozen: the round has opened or has an application.")
        return [
            (None, {"fields": self.window}),
            (_("Money"), {"fields": self.money, "description": note if frozen else ""}),
            (_("Dates"), {"fields": self.dates}),
        ]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        stands = {
            "opens_at": has_opened(obj),
            "closes_at": obj.enforced_at is not None,
            "schedule": obj.schedule_id is not None and obj.schedule_is_frozen,
        }
        return [*fields, *(name for name, fixed in stands.items() if fixed)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "schedule":
            published = CeilingSchedule.objects.filter(status=ScheduleStatus.PUBLISHED)
            kwargs["queryset"] = published
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("round"), ordering="opens_at")
    def name(self, round_: Round) -> str:
        return round_.name

    @admin.display(description=_("state"))
    def state(self, round_: Round) -> str:
        return str(round_.state(clock.now()).label)
