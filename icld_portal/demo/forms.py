from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2016, 2099
"""The demo's oldest round, and how far its clock may go."""


class MomentForm(forms.Form):
    """A moment as a clock in Sweden shows it. Typed text, so that a bad date is still there to
    correct."""

    moment = forms.DateTimeField(
        label=_("Date and time"),
        help_text=_("Swedish time, written like this: 2027-03-15 23:40"),
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M", "%Y-%m-%dT%H:%M"],
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "is-short"}),
        error_messages={
            "required": _("Write a date and a time, for example 2027-03-15 23:40."),
            "invalid": _("Write the date and the time like this: 2027-03-15 23:40."),
        },
    )

    def clean_moment(self) -> datetime:
        moment = self.cleaned_data["moment"]
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            message = _("Choose a year from %(first)s to %(last)s.")
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise forms.ValidationError(message, params=years)
        return moment
