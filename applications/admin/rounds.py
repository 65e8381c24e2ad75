"""Rounds: when one may apply, for what, and by which ceilings."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.admin import (
    Button,
    ReadOnlyInline,
    ReferenceAdmin,
    ReferenceInline,
    WithButtons,
)
from accounts.models import User
from accounts.states import Role
from applications.actions import extend_round
from applications.documents.unready import what_is_missing
from applications.models import FormVersion, Round, RoundExtension, RoundPhase
from applications.states import FormStatus
from funding.models import CeilingSchedule
from funding.states import ScheduleStatus
from icld_portal import clock


def has_opened(round_: Round | None) -> bool:
    return round_ is not None and round_.opens_at <= clock.now()


class ExtendForm(forms.Form):
    closes_at = forms.SplitDateTimeField(
        label=_("Closes"),
        widget=AdminSplitDateTime,
        help_text=_("The first moment outside: 16 March 00:00 for 15 March."),
    )
    reason_sv = forms.CharField(
        label=_("Reason in Swedish"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Told to everybody in the round, and shown to the public with the old date."),
    )
    reason_en = forms.CharField(
        label=_("Reason in English"), widget=forms.Textarea(attrs={"rows": 3})
    )


class RoundPhaseFormSet(forms.BaseInlineFormSet):
    """Refuses a phase that another round takes at the same time, as the database does."""

    def clean(self) -> None:
        super().clean()
        round_ = self.instance
        if not (round_.opens_at and round_.closes_at):
            return  # the round's own fields say so
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        phases = [form.cleaned_data.get("phase") for form in kept if form.is_valid()]
        round_.ensure_alone(filter(None, phases))


class ExtensionInline(ReadOnlyInline):
    model = RoundExtension
    fields = ["at", "old_closes_at", "new_closes_at", "reason_sv", "reason_en", "by"]


class RoundPhaseInline(ReferenceInline):
    """Phases and their forms; fixed once the round has opened."""

    model = RoundPhase
    formset = RoundPhaseFormSet

    def has_add_permission(self, request, obj=None) -> bool:
        return not has_opened(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return not has_opened(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "form_version":
            # One that was taken back to be mended stays chosen meanwhile.
            chosen = Q(roundphase__round=request.resolver_match.kwargs.get("object_id"))
            published = Q(status=FormStatus.PUBLISHED)
            kwargs["queryset"] = FormVersion.objects.filter(published | chosen).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Round)
class RoundAdmin(WithButtons, ReferenceAdmin):
    list_display = ["name", "opens_at", "closes_at", "state", "schedule", "decision_on"]
    list_filter = ["kind", "season", "year", "network"]
    list_select_related = ["schedule"]
    search_fields = ["=year", "name_sv", "name_en"]
    fixed_fields = ("kind", "season", "year")
    readonly_fields = ["enforced_at", "missing"]
    inlines = [RoundPhaseInline, ExtensionInline]
    buttons = (
        Button(
            slug="extend",
            label=_("Extend the round"),
            act=extend_round,
            form=ExtendForm,
            done=_("The round is extended, and everybody with a case in it is told."),
            help=_("The close can be moved to a later moment, for everybody, never to an earlier."),
            suits=has_opened,
        ),
    )
    named = ["kind", "season", "year", "name_sv", "name_en", "network"]
    window = ["opens_at", "closes_at", "missing", "enforced_at", "contact"]
    money = ["schedule", "frame_sek"]
    starts = ["earliest_start", "fixed_start"]
    dates = [*starts, "sign_by", "decision_on", "notice_on", "publication_on"]

    def get_fieldsets(self, request, obj=None):
        frozen = obj is not None and obj.schedule_is_frozen
        note = _("The schedule is frozen: the round has opened or has an application.")
        return [
            (None, {"fields": [*self.named, *self.window]}),
            (_("Money"), {"fields": self.money, "description": note if frozen else ""}),
            (_("Dates"), {"fields": self.dates}),
        ]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        stands = {
            "opens_at": has_opened(obj),
            "closes_at": has_opened(obj),
            "schedule": obj.schedule_id is not None and obj.schedule_is_frozen,
        }
        return [*fields, *(name for name, fixed in stands.items() if fixed)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "contact":
            officers = Q(is_active=True, is_staff=True, groups__name=Role.OFFICER)
            kwargs["queryset"] = User.objects.filter(officers)
        if db_field.name == "schedule":
            published = CeilingSchedule.objects.filter(status=ScheduleStatus.PUBLISHED)
            kwargs["queryset"] = published
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("round"), ordering="opens_at")
    def name(self, round_: Round) -> str:
        return round_.name

    @admin.display(description=_("missing before it can open"))
    def missing(self, round_: Round) -> str:
        return " ".join(what_is_missing(round_)) if round_.pk else ""

    @admin.display(description=_("state"))
    def state(self, round_: Round) -> str:
        return str(round_.state(clock.now()).label)
