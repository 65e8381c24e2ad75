from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.actions.starting import NewPartner
from applications.forms.partners import EXISTING, NEW, OrganisationField, PartnerFields
from applications.models import Application
from partnerships.models import Organisation

SWEDISH = "swedish"
ABROAD = [
    (EXISTING, _("An organisation that is in the portal")),
    (NEW, _("An organisation that is not in the portal yet")),
]


class PartnerForm(PartnerFields):
    """The partner of a draft that sought one."""

    choice = forms.ChoiceField(label=_("Who is your partner?"), widget=forms.RadioSelect)
    choices = ABROAD

    def __init__(self, application: Application, data=None, *, day: date) -> None:
        super().__init__(data)
        self.application = application
        self.offer(day)
        self.fields["choice"].choices = self.choices

    def clean(self) -> dict:
        cleaned = super().clean()
        if choice := cleaned.get("choice"):
            cleaned["partner"] = self.chosen(choice)
            self._refuse_a_second_time(cleaned["partner"])
        return cleaned

    def chosen(self, choice: str) -> Organisation | NewPartner | None:
        return self.partner_of(choice)

    def _refuse_a_second_time(self, partner: Organisation | NewPartner | None) -> None:
        name = partner.name if isinstance(partner, NewPartner) else str(partner)
        if name in {str(party.organisation) for party in self.application.parties.all()}:
            message = _("%(name)s is a party already.")
            self.add_error("choice", ValidationError(message, "party_already", {"name": name}))


class AddPartyForm(PartnerForm):
    """One more party, in Sweden or abroad."""

    choice = forms.ChoiceField(label=_("Who is to take part?"), widget=forms.RadioSelect)
    swedish = OrganisationField(label=_("Swedish organisation"))
    choices = [(SWEDISH, _("A Swedish municipality, region or other organisation")), *ABROAD]

    def __init__(self, application: Application, data=None, *, day: date) -> None:
        super().__init__(application, data, day=day)
        self.fields["swedish"].offer(Organisation.objects.filter(country__code="SE"))

    def chosen(self, choice: str) -> Organisation | NewPartner | None:
        if choice == SWEDISH:
            return self._needed("swedish", _("Choose an organisation."))
        return super().chosen(choice)
