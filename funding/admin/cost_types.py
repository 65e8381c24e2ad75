"""What a budget line may be for, and in which phases."""

from django import forms
from django.contrib import admin
from django.utils.text import capfirst

from accounts.admin import ReferenceAdmin
from funding.models import CostType
from funding.states import Phase


@admin.register(CostType)
class CostTypeAdmin(ReferenceAdmin):
    list_display = ["__str__", "key", "group", "order"]
    list_filter = ["group"]
    search_fields = ["key", "label_sv", "label_en"]
    fixed_fields = ("key",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name != "phases":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.MultipleChoiceField(
            label=capfirst(db_field.verbose_name),
            help_text=db_field.help_text,
            choices=Phase,
            initial=db_field.get_default,
            widget=forms.CheckboxSelectMultiple,
        )
