"""Ceiling schedules and cost types."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import Button, ReferenceAdmin, ReferenceInline, WithButtons
from funding.actions import publish_schedule
from funding.models import Ceiling, CeilingSchedule, CostType
from funding.schedule_checks import missing_places
from funding.states import ScheduleStatus


def is_draft(schedule: CeilingSchedule | None) -> bool:
    return schedule is None or schedule.status == ScheduleStatus.DRAFT


class CeilingInline(ReferenceInline):
    """The table of amounts, with an empty row for each that is missing; fixed once published."""

    model = Ceiling

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return len(missing_cells(obj)) if is_draft(obj) else 0

    def has_add_permission(self, request, obj=None) -> bool:
        return is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)


def missing_cells(schedule: CeilingSchedule | None) -> list[dict]:
    """What the empty rows begin with: their place, and basis and kind as they last were."""
    cells = schedule.cells.all() if schedule and schedule.pk else []
    published = Ceiling.objects.filter(schedule__status=ScheduleStatus.PUBLISHED)
    usual = {
        cell.phase: {"basis": cell.basis, "kind": cell.kind}
        for cell in published.order_by("schedule__valid_from")
    }
    return [vars(place) | usual.get(place.phase, {}) for place in missing_places(cells)]


class PublishForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


@admin.register(CeilingSchedule)
class CeilingScheduleAdmin(WithButtons, ReferenceAdmin):
    list_display = ["key", "name", "valid_from", "status"]
    list_filter = ["status"]
    search_fields = ["key", "name", "source"]
    fixed_fields = ("key",)
    readonly_fields = ["status", "published_at", "published_by"]
    inlines = [CeilingInline]
    buttons = (
        Button(
            slug="publish",
            label=_("Publish"),
            act=publish_schedule,
            form=PublishForm,
            done=_(
                "The schedule is published. Rounds keep the schedule they have: change it in "
                "those that have not opened, if they are to follow this one."
            ),
            help=_("A published schedule is never changed; a later one takes over from its day."),
            suits=is_draft,
        ),
    )

    def has_change_permission(self, request, obj=None) -> bool:
        return is_draft(obj) and super().has_change_permission(request, obj)

    def get_formset_kwargs(self, request, obj, inline, prefix) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"initial": missing_cells(obj) if is_draft(obj) else []}


@admin.register(CostType)
class CostTypeAdmin(ReferenceAdmin):
    list_display = ["__str__", "key", "group", "order"]
    list_filter = ["group"]
    search_fields = ["key", "label_sv", "label_en"]
    fixed_fields = ("key",)
