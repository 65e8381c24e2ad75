"""What an officer writes down of an application that came by paper or e-mail."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import LineField, ProseField
from applications.forms.partners import EXISTING, NEW, PartnerFields
from applications.models import Round
from applications.states import LateChannel
from funding.states import Phase
from icld_portal import clock
from partnerships.models import Organisation, Partnership

CHANNELS = [(each.value, each.label) for each in LateChannel if each != LateChannel.PORTAL]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = SeveralFiles

    def clean(self, data, initial=None) -> list:
        return [super(SeveralFilesField, self).clean(each, initial) for each in data or []]


class RegisterForm(PartnerFields):
    """Who applies with whom, for what, and when and how it came."""

    applicant = forms.ModelChoiceField(
        label=_("Applicant"), queryset=Organisation.objects.none(), to_field_name="public_id"
    )
    partner = forms.ChoiceField(
        label=_("Partner"),
        choices=[
            (EXISTING, _("An organisation that is in the portal")),
            (NEW, _("An organisation that is not in the portal yet")),
        ],
        widget=forms.RadioSelect,
        initial=EXISTING,
    )
    phase = forms.ChoiceField(label=_("What do they apply for?"))
    title = LineField(label=_("Title, as it stands in the application"), max_length=100)
    channel = forms.ChoiceField(label=_("How did it come?"), choices=[("", _("Choose")), *CHANNELS])
    received_at = forms.SplitDateTimeField(
        label=_("When did it reach ICLD? (Swedish time)"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": _("Day it reached ICLD")},
            time_attrs={"type": "time", "aria-label": _("Swedish time it reached ICLD")},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )
    reason = ProseField(
        label=_("Why did it not come through the portal, or so late?"),
        limit=3000,
        rows=4,
        help_text=_("As they say, and what you know. The parties can read it."),
    )
    papers = SeveralFilesField(
        label=_("The papers, scanned"),
        required=False,
        help_text=_("PDF, Word, Excel or pictures, at most 20 MB each."),
    )

    def __init__(self, data=None, files=None, *, round_: Round, at: datetime) -> None:
        super().__init__(data, files)
        self.offer(clock.local_date(at))
        applicants = Organisation.objects.may_apply().order_by("sort_key")
        self.fields["applicant"].queryset = applicants
        offered = round_.offered
        phases = [(p.value, p.label) for p in Phase if p in offered]
        self.fields["phase"].choices = [("", _("Choose")), *phases]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if choice := cleaned.get("partner"):
            cleaned["chosen"] = self.partner_of(choice)
        if not self.errors and cleaned["received_at"] is None:
            self.add_error("received_at", ValidationError(_("Give day and time."), "required"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action wants. Only of a valid form."""
        cleaned = self.cleaned_data
        return {
            "applicant": cleaned["applicant"],
            "phase": Phase(cleaned["phase"]),
            "partner": cleaned["chosen"],
            "partnership": self._known(cleaned["applicant"], cleaned["chosen"]),
            "title": cleaned["title"],
            "channel": LateChannel(cleaned["channel"]),
            "received_at": cleaned["received_at"],
            "reason": cleaned["reason"],
            "files": cleaned["papers"],
        }

    def _known(self, applicant: Organisation, partner) -> Partnership | None:
        """The partnership of these two alone, if they have one."""
        if not isinstance(partner, Organisation):
            return None
        rows = Partnership.objects.filter(parties__organisation=applicant)
        rows = rows.filter(parties__organisation=partner).prefetch_related("parties")
        return next((row for row in rows if len(row.parties.all()) == 2), None)
