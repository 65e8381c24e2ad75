"""What is said of a file before it comes, and of one that comes later."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import DayField, LineField


class PromiseForm(forms.Form):
    """On which day an attachment comes, and a word about why."""

    promised_on = DayField(label=_("Comes no later than"))
    note = LineField(
        label=_("Comment (optional)"),
        required=False,
        max_length=300,
        help_text=_("For example which meeting decides."),
    )

    def __init__(self, data=None, *, prefix: str, promise=None) -> None:
        initial = {}
        if promise:
            initial = {"promised_on": promise.promised_on, "note": promise.note}
        super().__init__(data, prefix=prefix, initial=initial)


class ComingForm(forms.Form):
    """A file that a script is about to send in pieces."""

    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=0, max_value=2**31 - 1)
