"""Countries: which region they belong to, and when they take new applications."""

from datetime import timedelta
from itertools import pairwise

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.admin import Button, ReferenceAdmin, ReferenceInline, WithButtons
from icld_portal import clock
from partnerships.actions import close_country, reopen_country
from partnerships.models import Country, OpenPeriod


def today():
    return clock.local_date(clock.now())


def yesterday():
    return today() - timedelta(days=1)


class ReasonField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class CloseForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day for new applications"),
        initial=yesterday,
        widget=AdminDateWidget,
        help_text=_("The day is included: with yesterday, the country is closed from today."),
    )
    at_once = forms.BooleanField(
        label=_("Stop drafts too"),
        required=False,
        help_text=_("Drafts begun before can no longer be submitted; their owners are told why."),
    )
    reason = ReasonField(help_text=_("Told to those whose drafts are stopped."))


class ReopenForm(forms.Form):
    first_day = forms.DateField(
        label=_("First day for new applications"), initial=today, widget=AdminDateWidget
    )
    reason = ReasonField()


class OpenPeriodFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Periods of a country do not overlap, so that closing one closes the country."""
        super().clean()
        if any(self.errors):
            return
        filled = [form.instance for form in self.forms if form.cleaned_data.get("opens_on")]
        for earlier, later in pairwise(sorted(filled, key=lambda period: period.opens_on)):
            if earlier.closes_on is None or earlier.closes_on >= later.opens_on:
                raise ValidationError(_("Two open periods overlap. Change one of the days."))


class OpenPeriodInline(ReferenceInline):
    model = OpenPeriod
    formset = OpenPeriodFormSet


class OpenNow(admin.SimpleListFilter):
    title = _("open for new applications")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("1", _("Open")), ("0", _("Closed"))]

    def queryset(self, request, queryset):
        if self.value() not in ("0", "1"):
            return queryset
        return queryset.filter(is_open=self.value() == "1")


@admin.register(Country)
class CountryAdmin(WithButtons, ReferenceAdmin):
    list_display = ["name", "code", "region", "open_now"]
    list_filter = ["region", OpenNow]
    search_fields = ["name_sv", "name_en", "former_names", "code"]
    fixed_fields = ("code",)
    inlines = [OpenPeriodInline]
    buttons = (
        Button(
            slug="close",
            label=_("Close for new applications"),
            act=close_country,
            form=CloseForm,
            done=_("The country is closed for new applications. Running cases go on."),
            help=_("New applications no longer offer the country. Running cases go on."),
            suits=lambda country: country.is_open,
        ),
        Button(
            slug="reopen",
            label=_("Open for new applications"),
            act=reopen_country,
            form=ReopenForm,
            done=_("The country has a new open period."),
            suits=lambda country: not country.is_open,
        ),
    )

    def get_queryset(self, request):
        is_open = Country.objects.open_on(today()).filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_open=Exists(is_open))

    @admin.display(description=_("country"), ordering="sort_key")
    def name(self, country: Country) -> str:
        return country.name

    @admin.display(description=_("open for new applications"), boolean=True)
    def open_now(self, country: Country) -> bool:
        return country.is_open
