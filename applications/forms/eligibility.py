"""The questions that come first, read from an address that can be shared."""

from collections.abc import Mapping
from datetime import date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.eligibility import CanWait, Circumstances, History, Length, Partner
from applications.forms.calculator import NAMES
from applications.models import Round
from funding.states import Phase
from icld_portal import clock, formats
from partnerships.models import Country, OrganisationKind
from partnerships.sorting import sort_key
from partnerships.states import Region

OTHER = "annan"
"""A kind of applicant that the portal has no name for."""

UNKNOWN = "vetinte"
"""A country that is not chosen yet."""

ABROAD = ("local_government", "regional_government")
"""Kinds of organisation that a partner abroad is."""


class EligibilityForm(forms.Form):
    """Seven questions. What is no answer is asked again."""

    mark_optional = False

    vem = forms.ChoiceField(label=_("Who wants to apply?"), widget=forms.RadioSelect)
    land = forms.ChoiceField(label=_("In which country is your partner?"))
    partner = forms.ChoiceField(
        label=_("What is your partner?"),
        widget=forms.RadioSelect,
        choices=[
            (Partner.GOVERNMENT.value, _("A municipality, city, region or province")),
            (Partner.OTHER.value, _("Something else: a university, an association, a company")),
            (Partner.NONE.value, _("We are looking for a partner")),
        ],
    )
    fas = forms.ChoiceField(
        label=_("What do you want to apply for?"), widget=forms.RadioSelect, choices=Phase.choices
    )
    tidigare = forms.ChoiceField(
        label=_("What have you done with this partner, with a grant from ICLD?"),
        widget=forms.RadioSelect,
        choices=[
            (History.NOTHING.value, _("Nothing yet")),
            (History.PREPARATION.value, _("An inception")),
            (History.PROJECT.value, _("A project, running or ended")),
        ],
    )
    langd = forms.ChoiceField(
        label=_("For how long?"),
        widget=forms.RadioSelect,
        choices=[
            (Length.YEAR.value, _("At most one year")),
            (Length.THREE.value, _("More than one year, at most three")),
            (Length.LONGER.value, _("More than three years")),
        ],
    )
    pengar = forms.ChoiceField(
        label=_("Can you pay first, and get the money back afterwards?"),
        help_text=_(
            "ICLD pays once a year, after the work is done and the report has been approved."
        ),
        widget=forms.RadioSelect,
        choices=[
            (CanWait.YES.value, _("Yes")),
            (CanWait.NO.value, _("No")),
            (CanWait.UNSURE.value, _("We do not know yet")),
        ],
    )

    def __init__(self, data: Mapping[str, str], *, day: date) -> None:
        chosen = any(name in data for name in self.base_fields)
        super().__init__(data if chosen else None)
        self.kinds = {kind.key: kind for kind in OrganisationKind.objects.all()}
        self.open = {row.code: row for row in Country.objects.open_on(day)}
        once = Country.objects.filter(periods__isnull=False).distinct()
        self.closed = {row.code: row for row in once if row.code not in self.open}
        self.fields["vem"].choices = self._kind_choices()
        self.fields["land"].choices = self._country_choices()
        for each in self.fields.values():
            each.error_messages["required"] = _("Choose an answer.")

    def circumstances(self, round_: Round | None, offered: set[str], at: datetime) -> Circumstances:
        """Only of a valid form. `round_` is the open one, else the next; `offered` its phases."""
        said = self.cleaned_data
        kind = self.kinds.get(said["vem"])
        country = self.open.get(said["land"]) or self.closed.get(said["land"])
        is_open = round_ is not None and round_.is_open(at)
        return Circumstances(
            may_apply=bool(kind and kind.may_apply),
            needs_owner=bool(kind and kind.needs_owner),
            is_abroad=said["vem"] in ABROAD,
            takes_part=bool(kind and not kind.may_apply and kind.key not in ABROAD),
            country=country.name if country else "",
            country_open=said["land"] in self.open,
            partner=Partner(said["partner"]),
            phase=Phase(said["fas"]),
            phase_offered=said["fas"] in offered,
            history=History(said["tidigare"]),
            length=Length(said["langd"]),
            can_wait=CanWait(said["pengar"]),
            round_name=str(round_) if round_ else "",
            round_closes=formats.deadline(round_.closes_at) if is_open else "",
            round_opens=formats.day(clock.local_date(round_.opens_at))
            if round_ and not is_open
            else "",
        )

    def carried_on(self) -> dict[str, str]:
        """What the start form takes up of the answers. Only of a valid form."""
        said = self.cleaned_data
        named = {NAMES["phase"]: said["fas"]}
        return named | ({NAMES["country"]: said["land"]} if said["land"] in self.open else {})

    def _kind_choices(self) -> list[tuple[str, object]]:
        """Those that may apply first."""
        ordered = sorted(self.kinds.values(), key=lambda kind: (not kind.may_apply, kind.pk))
        return [*((kind.key, str(kind)) for kind in ordered), (OTHER, _("Somebody else"))]

    def _country_choices(self) -> list:
        groups = [
            (region.label, _named(row for row in self.open.values() if row.region == region))
            for region in Region
        ]
        if self.closed:
            groups.append((_("Closed for new applications"), _named(self.closed.values())))
        return [("", _("Choose a country")), (UNKNOWN, _("Not decided yet")), *groups]


def _named(countries) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in sorted(countries, key=lambda row: sort_key(row.name))]
