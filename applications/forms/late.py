"""Coming late: the applicant's reason, and ICLD's answer."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import ProseField
from icld_portal import clock

LIMIT = 3000
GRANT, REFUSE = "grant", "refuse"


class LateForm(forms.Form):
    """Why it comes late."""

    reason = ProseField(
        label=_("Why does it come late?"),
        limit=LIMIT,
        rows=6,
        help_text=_("ICLD reads this and decides. Say what happened, and when."),
        error_messages={"required": _("Say why it comes late.")},
    )


class LastDayField(forms.DateField):
    """The last day that counts; the action wants the first moment outside (`first_outside`)."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def first_outside(day) -> datetime:
    """Midnight, in Sweden, when that day ends."""
    return clock.start_of(day + timedelta(days=1))


class AnswerForm(forms.Form):
    """What a decider answers. `needs_day`: they have nothing complete to be considered yet.
    `refusing`: what it is to refuse it."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    last_day = LastDayField(
        label=_("May submit up to and including"),
        required=False,
        help_text=_("Until midnight, Swedish time."),
    )
    answer_sv = ProseField(
        label=_("Reasons in Swedish"),
        limit=LIMIT,
        rows=4,
        help_text=_("They stand in the mail to the parties and on the application's page."),
        error_messages={"required": _("Give the reasons.")},
    )
    answer_en = ProseField(
        label=_("Reasons in English (for the partner)"),
        limit=LIMIT,
        rows=4,
        error_messages={"required": _("Give the reasons in English too: the partner reads them.")},
    )

    def __init__(self, data=None, *, needs_day: bool, refusing: str) -> None:
        super().__init__(data)
        self.needs_day = needs_day
        self.fields["answer"].choices = [(GRANT, _("Grant dispensation")), (REFUSE, refusing)]
        if not needs_day:
            self.fields["last_day"].label = _("May change and submit again up to and including")
            self.fields["last_day"].help_text = _("Leave empty to consider it as it stands.")

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        return first_outside(day) if day else None

    def clean(self) -> dict:
        cleaned = super().clean()
        grants = cleaned.get("answer") == GRANT
        if grants and self.needs_day and not cleaned.get("last_day") and not self.errors:
            message = _("Choose the last day: they need time to fill in and submit.")
            self.add_error("last_day", ValidationError(message, "required"))
        return cleaned
