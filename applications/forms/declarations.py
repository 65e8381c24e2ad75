from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from applications.actions.declaring import DECLARATIONS, SIGNATORY, declaration_values
from applications.completeness.declarations import field_of
from applications.declarations import DECLARATIONS as DECLARED
from applications.documents.signatory_addresses import doubts_of, party_addresses
from applications.forms.guarded import GuardedForm, LineField
from applications.mail_addresses import Doubt
from applications.models import Application, ApplicationParty
from partnerships.states import Side

TEXTS = dict(DECLARED)


@dataclass(frozen=True)
class SignatoryRow:
    """The fields of one party's signatory, and what makes one doubt the address, for the page."""

    party: ApplicationParty
    fields: list[forms.BoundField]
    doubts: list[Doubt]
    required: bool


class DeclarationsForm(GuardedForm):
    """What the applicant declares, and who may sign for each party."""

    declared_correct = forms.BooleanField(label=TEXTS["correct"], required=False)
    declared_no_double_funding = forms.BooleanField(
        label=TEXTS["no_double_funding"], required=False
    )
    declared_personal_data = forms.BooleanField(
        label=TEXTS["personal_data"],
        required=False,
        help_text=_(
            "An application is an official document at a Swedish municipality or region, and may "
            "be requested by anyone."
        ),
    )

    def __init__(self, application: Application, data=None) -> None:
        self.application = application
        self.parties = list(application.parties.all())
        saved = declaration_values(application)
        initial = {name: saved[name] for name in DECLARATIONS}
        for party in self.parties:
            values = saved["signatories"][party.party_id]
            initial |= {_name(party, part): values[part] for part in SIGNATORY}
            initial[_name(party, "language")] = values["language"] or _mother_tongue(party)
        super().__init__(data, saved=saved, initial=initial)
        for party in self.parties:
            self._add_signatory(party)

    @property
    def signatories(self) -> dict[int, dict[str, str]]:
        """What `actions.save_declarations` wants. Only of a valid form."""
        return {
            party.party_id: {part: self.cleaned_data[_name(party, part)] for part in SIGNATORY}
            for party in self.parties
        }

    @property
    def rows(self) -> list[SignatoryRow]:
        """A row for each party, the one that leads the applicants first."""
        written = {party.party_id: self._address(party) for party in self.parties}
        known = party_addresses(self.application) if any(written.values()) else {}
        return [
            SignatoryRow(
                party,
                [self[_name(party, part)] for part in SIGNATORY],
                list(doubts_of(written[party.party_id], party.party_id, known, written.items()))
                if known
                else [],
                party.lead and party.side == Side.SWEDISH,
            )
            for party in self.parties
        ]

    def _address(self, party: ApplicationParty) -> str:
        return str(self[_name(party, "email")].value() or "")

    def _add_signatory(self, party: ApplicationParty) -> None:
        for part, field in _fields().items():
            field.long_label = f"{party}: {field.label}"
            self.fields[_name(party, part)] = field


def _fields() -> dict[str, forms.Field]:
    return {
        "name": LineField(label=_("Name"), required=False, max_length=150),
        "title": LineField(
            label=_("Title"),
            required=False,
            max_length=150,
            help_text=_("For example: chair of the municipal executive board."),
        ),
        "mandate": LineField(
            label=_("Mandate"),
            required=False,
            max_length=300,
            help_text=_(
                "What gives the right to sign: a delegation, a decision with its date, an office."
            ),
        ),
        "email": forms.EmailField(
            label=_("E-mail address"),
            required=False,
            help_text=_("The person's own address at work. The link to sign is sent to it."),
        ),
        "language": forms.ChoiceField(
            label=_("Language of the link and the page"), choices=Language.choices
        ),
    }


def _name(party: ApplicationParty, part: str) -> str:
    return field_of({"organisation": party.organisation.public_id}, part)


def _mother_tongue(party: ApplicationParty) -> str:
    return Language.SWEDISH if party.side == Side.SWEDISH else Language.ENGLISH
