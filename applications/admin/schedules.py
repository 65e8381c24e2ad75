"""Ceiling schedules: copied, worked on as one table, compared and put into force.

Here and not in `funding`, since the page shows the rounds that use a schedule.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.db import transaction
from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from accounts.admin import Button, ReferenceAdmin, WithButtons
from applications.actions import publish_schedule, rounds_that_would_follow
from funding.actions import copy_schedule, unfitness
from funding.forms.schedules import ScheduleForm
from funding.models import CeilingSchedule
from funding.schedule_diff import changed_cells, changed_limits
from funding.schedule_table import rows_of
from funding.states import ScheduleStatus, Standing
from icld_portal import clock
from partnerships.states import Region


def is_draft(schedule: CeilingSchedule | None) -> bool:
    return schedule is None or schedule.status == ScheduleStatus.DRAFT


class PublishForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class CopyForm(forms.Form):
    key = forms.SlugField(
        label=_("Key"), help_text=_("Short, and never changed: letters, digits and hyphens.")
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    valid_from = forms.DateField(label=_("Valid from"), widget=AdminDateWidget)
    source_sv = forms.CharField(
        label=_("Source in Swedish"),
        help_text=_("Where the new amounts stand decided. Applicants see it."),
    )
    source_en = forms.CharField(label=_("Source in English"))


def surroundings(schedule: CeilingSchedule, at: datetime) -> dict[str, Any]:
    """What the page shows around the fields: the table, the comparison and the rounds."""
    cells = [row.cell for row in schedule.cells.all()]
    before = CeilingSchedule.objects.prefetch_related("cells").before(schedule.valid_from)
    shown = {"rows": rows_of(cells), "before": before, "rounds": schedule.round_set.all()}
    if before:
        cells_before = [row.cell for row in before.cells.all()]
        shown["changes"] = [
            *changed_cells(cells_before, cells),
            *changed_limits(before.parameters, schedule.parameters),
        ]
    if is_draft(schedule):
        shown["unfit"] = unfitness(schedule)
        shown["followers"] = rounds_that_would_follow(schedule, at)
    return shown


@admin.register(CeilingSchedule)
class CeilingScheduleAdmin(WithButtons, ReferenceAdmin):
    form = ScheduleForm
    change_form_template = "admin/schedule.html"
    list_display = ["key", "name", "valid_from", "standing"]
    list_filter = ["status"]
    search_fields = ["key", "name", "source_sv", "source_en"]
    ordering = ["-valid_from"]
    fixed_fields = ("key",)
    readonly_fields = ["standing", "published_at", "publisher"]
    fieldsets = [
        (None, {"fields": ["key", "name", "valid_from", "standing", "source_sv", "source_en"]}),
        (
            _("Budget limits"),
            {
                "description": _("What the rules of a budget go by in rounds with this schedule."),
                "fields": [
                    *("max_day_rate_sek", "day_rate_source_sv", "day_rate_source_en"),
                    *("max_pay_percent", "pay_share_source_sv", "pay_share_source_en"),
                    *("min_visits_a_year", "visits_source_sv", "visits_source_en"),
                ],
            },
        ),
    ]
    publication = (_("Publication"), {"fields": ["published_at", "publisher"]})
    buttons = (
        Button(
            slug="publish",
            label=_("Publish"),
            act=publish_schedule,
            form=PublishForm,
            done=_(
                "The schedule is published. The rounds that have not opened and went by the "
                "schedule before now go by this one."
            ),
            help=_("A published schedule is never changed; a later one takes over from its day."),
            suits=is_draft,
        ),
        Button(
            slug="copy",
            label=_("Copy"),
            act=copy_schedule,
            form=CopyForm,
            done=_("This is the copy: a draft with the same amounts and limits."),
            help=_("A new draft with the same amounts and limits, to change and publish."),
        ),
    )

    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}

    class Media:
        css = {"all": ["portal/admin.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).with_standing(clock.local_date(clock.now()))

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if is_draft(obj) else [*self.fieldsets, self.publication]

    def has_change_permission(self, request, obj=None) -> bool:
        return is_draft(obj) and super().has_change_permission(request, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What is saved waits for a publication at the same moment, and is then refused."""
        if request.method != "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            schedule = self.get_object(request, unquote(object_id))
            if schedule:
                CeilingSchedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)
            return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["regions"] = Region
        if is_draft(obj):
            context["field_rows"] = context["adminform"].form.rows()
        if obj:
            # What was refused stands on the row, but is not what the schedule says.
            stored = obj if request.method == "GET" else self.get_object(request, str(obj.pk))
            context |= surroundings(stored, request.received_at)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("status"), ordering="valid_from")
    def standing(self, schedule: CeilingSchedule) -> str:
        return str(Standing(getattr(schedule, "standing", Standing.DRAFT)).label)

    @admin.display(description=_("published by"))
    def publisher(self, schedule: CeilingSchedule) -> str:
        return str(schedule.published_by or "–")
