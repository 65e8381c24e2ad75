"""Sets of criteria: copied to a draft, worked on, published; and which set a round's phase uses."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.admin import Button, ReferenceAdmin, ReferenceInline, WithButtons
from decisions.actions import copy_criteria, publish_criteria
from decisions.actions.choosing_criteria import ensure_choosable
from decisions.models import CriteriaSet, Criterion, RoundCriteria
from icld_portal.refusals import Refusal


def is_draft(criteria_set: CriteriaSet) -> bool:
    return not criteria_set.is_published


class CriterionInline(ReferenceInline):
    """A draft's criteria are changed freely; a published set's are read."""

    model = Criterion
    fields = [
        "position",
        "key",
        "label_sv",
        "label_en",
        "question_sv",
        "question_en",
        "weight",
        "evidence_required",
    ]

    def has_add_permission(self, request, obj=None) -> bool:
        return _draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return _draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)


def _draft(criteria_set: CriteriaSet | None) -> bool:
    return criteria_set is not None and is_draft(criteria_set)


@admin.register(CriteriaSet)
class CriteriaSetAdmin(WithButtons, ReferenceAdmin):
    list_display = ["__str__", "status", "assessors"]
    list_filter = ["phase", "status"]
    search_fields = ["=number", "criteria__label_sv", "criteria__label_en"]
    fields = ["phase", "number", "status", "assessors"]
    inlines = [CriterionInline]
    buttons = (
        Button(
            slug="publish",
            label=_("Publish"),
            act=publish_criteria,
            done=_("The set is published. Cases that begin to be assessed are measured by it."),
            help=_(
                "A published set is never changed. Rounds whose assessing has begun keep the set "
                "they have."
            ),
            suits=is_draft,
        ),
        Button(
            slug="copy",
            label=_("Copy to a new set"),
            act=copy_criteria,
            done=_("This is the new set: a draft with the same criteria."),
            help=_("A draft with the same criteria, to change and publish."),
        ),
    )

    def has_add_permission(self, request) -> bool:
        """A new set begins as a copy."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return _draft(obj) and self.has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return ["phase", "number", "status"] + ([] if _draft(obj) else ["assessors"])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What is saved waits for a publication at the same moment, and is then refused."""
        if request.method != "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            CriteriaSet.objects.select_for_update(no_key=True).filter(pk=unquote(object_id)).first()
            return super().change_view(request, object_id, form_url, extra_context)


class RoundCriteriaForm(forms.ModelForm):
    def clean(self) -> dict:
        typed = super().clean()
        row = {name: getattr(self.instance, name) for name in ("round_id", "phase")}
        round_, phase = typed.get("round") or row["round_id"], typed.get("phase") or row["phase"]
        if round_ and phase and typed.get("criteria_set"):
            try:
                ensure_choosable(round_, phase, typed["criteria_set"])
            except Refusal as refusal:
                raise ValidationError(refusal.text()) from refusal
        return typed


@admin.register(RoundCriteria)
class RoundCriteriaAdmin(ReferenceAdmin):
    """Chosen before the assessing begins; else the newest published set is taken then."""

    form = RoundCriteriaForm
    list_display = ["round", "phase", "criteria_set"]
    list_filter = ["phase"]
    search_fields = ["round__name_sv", "round__name_en", "=round__year"]
    list_select_related = ["round", "criteria_set"]
    fields = ["round", "phase", "criteria_set"]
    fixed_fields = ("round", "phase")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "criteria_set":
            kwargs["queryset"] = CriteriaSet.objects.published()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
