"""The choices that decide how much one may apply for, read from an address that can be shared."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from applications.completeness import MAX_MONTHS
from applications.documents.calculation import Wish
from applications.documents.terms import Terms
from applications.forms.guarded import DayField
from funding import periods
from funding.states import Phase
from icld_portal.formats import day
from partnerships.models import Country
from partnerships.sorting import sort_key
from partnerships.states import Region

NAMES = {
    "phase": "fas",
    "country": "land",
    "others": "fler",
    "swedish": "svenska",
    "foreign": "utlandska",
    "starts_on": "fran",
    "ends_on": "till",
}
"""What the fields are called in the address."""

MAX_GOVERNMENTS = 50
"""On one side; no partnership comes near it."""

YEARS_AHEAD = 10
SHOWN = 20
"""Characters of a refused value that are repeated to the person."""


class PhaseField(forms.ChoiceField):
    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        if not self.valid_value(value):
            message = _("“%(value)s” cannot be applied for. Choose one in the list.")
            raise ValidationError(message, "unknown_phase", {"value": value[:SHOWN]})


class CountryField(forms.ChoiceField):
    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        if not self.valid_value(value):
            raise _not_open(value)


class CountriesField(forms.MultipleChoiceField):
    def validate(self, value: list[str]) -> None:
        for code in value:
            if not self.valid_value(code):
                raise _not_open(code)


class CountField(forms.IntegerField):
    """How many, at least one. What was typed stays, whatever it was."""

    def __init__(self, **options) -> None:
        message = _("Write a whole number from 1 to 50.")
        codes = ("required", "invalid", "min_value", "max_value")
        super().__init__(
            min_value=1,
            max_value=MAX_GOVERNMENTS,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short"}),
            error_messages=dict.fromkeys(codes, message),
            **options,
        )


class CalculatorForm(forms.Form):
    """What would be applied for, by whom and for how long."""

    phase = PhaseField(
        label=_("What you apply for"), choices=Phase.choices, widget=forms.RadioSelect
    )
    country = CountryField(
        label=_("Your partner's country"),
        help_text=_(
            "The country decides the amount. With partners in several regions the highest counts."
        ),
    )
    others = CountriesField(
        label=_("Further partner countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    swedish = CountField(label=_("Swedish municipalities and regions"), initial=1)
    foreign = CountField(label=_("Municipalities and regions abroad"), initial=1)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, data: QueryDict, *, terms: Terms) -> None:
        chosen = any(name in data for name in (*NAMES.values(), "format"))
        super().__init__(_with_defaults(data) if chosen else None)
        self.earliest, self.latest = terms.schedule.valid_from, _last_day(terms.day)
        self.countries = {row.code: row for row in Country.objects.open_on(terms.day)}
        by_region = _by_region(self.countries.values())
        self.fields["country"].choices = [("", _("Choose a country")), *by_region]
        self.fields["others"].choices = by_region
        first_day = terms.round.earliest_start if terms.round else None
        if first_day:
            self.initial = {"starts_on": first_day, "ends_on": periods.last_day_of_year(first_day)}

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)

    def clean_starts_on(self) -> date:
        return self._within("starts_on")

    def clean_ends_on(self) -> date:
        return self._within("ends_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on:
            self._check_period(cleaned.get("phase"), starts_on, ends_on)
        places = {cleaned.get("country"), *cleaned.get("others", ())} - {None}
        if cleaned.get("foreign") and cleaned["foreign"] < len(places):
            message = _(
                "You have chosen %(places)s countries. Write how many municipalities and regions "
                "there are in all of them, or choose fewer countries."
            )
            error = ValidationError(message, "fewer_than_countries", {"places": len(places)})
            self.add_error("foreign", error)
        return cleaned

    def wish(self) -> Wish:
        """What was chosen. Only of a valid form."""
        cleaned = self.cleaned_data
        codes = dict.fromkeys([cleaned["country"], *cleaned["others"]])
        return Wish(
            phase=Phase(cleaned["phase"]),
            countries=[self.countries[code] for code in codes],
            swedish=cleaned["swedish"],
            foreign=cleaned["foreign"],
            starts_on=cleaned["starts_on"],
            ends_on=cleaned["ends_on"],
        )

    def _within(self, name: str) -> date:
        """The day, if there are amounts for it."""
        value = self.cleaned_data[name]
        if not self.earliest <= value <= self.latest:
            message = _("Choose a day from %(earliest)s to %(latest)s.")
            figures = {"earliest": day(self.earliest), "latest": day(self.latest)}
            raise ValidationError(message, "out_of_range", figures)
        return value

    def _check_period(self, phase: str | None, starts_on: date, ends_on: date) -> None:
        if ends_on < starts_on:
            error = ValidationError(periods.EndBeforeStart.message, "end_before_start")
            self.add_error("ends_on", error)
        elif phase and periods.months(starts_on, ends_on) > MAX_MONTHS[phase]:
            message = _(
                "The period is %(months)s months. %(phase)s can last at most %(longest)s: change "
                "the last day."
            )
            figures = {
                "months": periods.months(starts_on, ends_on),
                "phase": Phase(phase).label,
                "longest": MAX_MONTHS[phase],
            }
            self.add_error("ends_on", ValidationError(message, "period_too_long", figures))


def _with_defaults(data: QueryDict) -> QueryDict:
    """An address need not say that there is one on each side."""
    data = data.copy()
    for name in ("swedish", "foreign"):
        data.setdefault(NAMES[name], "1")
    return data


def _not_open(code: str) -> ValidationError:
    """Was the country one to apply with once, or never?"""
    known = Country.objects.filter(code=code[:SHOWN].replace("\0", ""), periods__isnull=False)
    if found := known.first():
        message = _("%(country)s is closed for new applications. Choose another country.")
        return ValidationError(message, "country_closed", {"country": found.name})
    message = _("“%(value)s” is not a partner country. Choose one in the list.")
    return ValidationError(message, "unknown_country", {"value": code[:SHOWN]})


def _by_region(countries: Iterable[Country]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices under their region, in the alphabet's order by the active language."""
    order = list(Region)
    ordered = sorted(countries, key=lambda row: (order.index(row.region), sort_key(row.name)))
    return [
        (Region(region).label, [(row.code, row.name) for row in rows])
        for region, rows in groupby(ordered, key=lambda row: row.region)
    ]


def _last_day(today: date) -> date:
    """The last day that one may reckon with."""
    return date(today.year + YEARS_AHEAD, 12, 31)
