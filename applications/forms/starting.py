"""Beginning an application: who applies, for what, with whom."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.forms.partners import EXISTING, NEW, PartnerFields
from applications.forms.phase_hints import PhaseHint, phase_hints
from applications.forms.proposals import (
    Proposal,
    ProposedDayField,
    read_proposal,
    sane_period,
)
from applications.models import Application, Round
from applications.refusals import PhaseNotOffered
from funding.states import Phase
from icld_portal import clock
from partnerships.models import Country, Organisation, Partnership
from partnerships.states import Side

SEEKING = "seeking"
PARTNER_CHOICES = [
    (EXISTING, _("An organisation that is in the portal")),
    (NEW, _("An organisation that is not in the portal yet")),
    (SEEKING, _("We are looking for a partner")),
]


class StartForm(PartnerFields):
    """The choices that a draft begins with.

    `token` makes a double click begin one draft only. `partner` is a partnership's public id, or
    one of `PARTNER_CHOICES`.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    applicant = forms.ModelChoiceField(
        label=_("Who applies?"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    round = forms.ModelChoiceField(
        label=_("Round"),
        queryset=Round.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    phase = forms.ChoiceField(label=_("What do you apply for?"), widget=forms.RadioSelect)
    with_steering_group = forms.BooleanField(
        label=_("Apply for the steering group at the same time"), required=False
    )
    partner = forms.ChoiceField(label=_("With whom?"), widget=forms.RadioSelect)
    starts_on = ProposedDayField()
    ends_on = ProposedDayField()

    def __init__(
        self,
        data=None,
        *,
        applicants: Sequence[Organisation],
        rounds: Sequence[Round],
        at: datetime,
        proposed: Mapping[str, str],
    ) -> None:
        super().__init__(data)
        self.offer(clock.local_date(at))
        self.hints = {round_.pk: phase_hints(round_) for round_ in rounds}
        self.phases = _every_phase(self.hints.values())
        self.partnerships, self.closed_partnerships = _partnerships(applicants, at)
        self.fields["phase"].choices = [(hint.phase, hint.label) for hint in self.phases]
        known = [(str(each.public_id), each.title) for each in self.partnerships]
        self.fields["partner"].choices = known + PARTNER_CHOICES
        self._offer_one_or_more("applicant", Organisation, applicants)
        self._offer_one_or_more("round", Round, rounds)
        self.initial |= {"token": uuid.uuid4(), "with_steering_group": not self._all_are_steered()}
        self.proposal = self._take_up(proposed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._ensure_offered(cleaned.get("round"), cleaned.get("phase"))
        choice = cleaned.get("partner")
        if choice in (EXISTING, NEW):
            cleaned["chosen_partner"] = partner = self.partner_of(choice)
            cleaned["partnership"] = self._begun_with(partner, cleaned.get("applicant"))
        elif choice and choice != SEEKING:
            cleaned["partnership"] = self._partnership(choice, cleaned.get("applicant"))
        return cleaned

    def choices(self) -> dict[str, Any]:
        """What `actions.start_once` wants. Only of a valid form."""
        cleaned = self.cleaned_data
        return {
            "token": cleaned["token"],
            "applicant": cleaned["applicant"],
            "phase": Phase(cleaned["phase"]),
            "round": cleaned["round"],
            "partnership": cleaned.get("partnership"),
            "partner": cleaned.get("chosen_partner"),
            "with_steering_group": cleaned["with_steering_group"],
        }

    def dates(self) -> dict[str, date]:
        """The proposed period, or nothing unless it is one. Only of a valid form."""
        return sane_period(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])

    def _take_up(self, proposed: Mapping[str, str]) -> Proposal:
        """Fill in what another page proposes, as far as it is offered here."""
        phases, countries = (dict(self.fields[name].choices) for name in ("phase", "country"))
        proposal = read_proposal(proposed, phases, countries)
        self.initial |= proposal.initial()
        there = [each for each in self.partnerships if proposal.country in each.country_codes]
        if len(there) == 1:
            self.initial["partner"] = str(there[0].public_id)
        return proposal

    def _ensure_offered(self, round_: Round | None, phase: str | None) -> None:
        if round_ and phase and phase not in {hint.phase for hint in self.hints[round_.pk]}:
            refusal = PhaseNotOffered(round=round_.name, phase=phase)
            self.add_error("phase", ValidationError(refusal.text(), refusal.code))

    def _partnership(self, public_id: str, applicant: Organisation | None) -> Partnership | None:
        partnership = next(p for p in self.partnerships if str(p.public_id) == public_id)
        swedish = {p.organisation_id for p in partnership.parties.all() if p.side == Side.SWEDISH}
        if applicant and applicant.pk not in swedish:
            message = _("%(applicant)s is no party of this partnership. Choose another.")
            error = ValidationError(message, "not_a_party", {"applicant": applicant})
            self.add_error("partner", error)
        return partnership

    def _begun_with(self, partner, applicant: Organisation | None) -> Partnership | None:
        """The partnership of these two alone, if they have one: they go on in it."""
        for partnership in self.partnerships:
            if {party.organisation for party in partnership.parties.all()} == {partner, applicant}:
                return partnership
        return None

    def _all_are_steered(self) -> bool:
        return bool(self.partnerships) and all(
            each.has_steering_group for each in self.partnerships
        )

    def _offer_one_or_more(self, name: str, model, rows: Sequence) -> None:
        """A choice of one is no question: it is carried along unseen."""
        field = self.fields[name]
        field.queryset = model.objects.filter(pk__in=[row.pk for row in rows])
        field.choices = [(str(row.public_id), str(row)) for row in rows]
        if len(rows) == 1:
            field.widget = forms.HiddenInput()
            self.initial[name] = rows[0].public_id


def _every_phase(hints: Iterable[list[PhaseHint]]) -> list[PhaseHint]:
    """The phases of all open rounds, told by the round that closes first."""
    told = {hint.phase: hint for hint in reversed(list(chain.from_iterable(hints)))}
    return [told[phase] for phase in Phase if phase in told]


def _partnerships(applicants: Sequence[Organisation], at: datetime):
    """The applicants' partnerships, newest first: those one may apply in, and those one may not.

    A partnership whose partners' country is closed goes on, but takes no new application.
    """
    today = clock.local_date(at)
    open_ids = set(Country.objects.open_on(today).values_list("pk", flat=True))
    rows = (
        Partnership.objects.filter(parties__organisation__in=applicants, parties__side=Side.SWEDISH)
        .distinct()
        .prefetch_related("parties__organisation__country")
        .annotate(
            has_steering_group=Exists(Application.objects.granted_steering(OuterRef("pk"), today))
        )
    )
    offered, closed = [], []
    for row in rows:
        abroad = [p.organisation for p in row.parties.all() if p.side == Side.INTERNATIONAL]
        if not abroad:
            continue
        countries = ", ".join(sorted({each.country.name for each in abroad}))
        since = gettext("since %(year)s") % {"year": clock.local_date(row.created_at).year}
        row.title = f"{row} ({countries}), {since}"
        row.country_codes = {each.country.code for each in abroad}
        is_open = all(each.country_id in open_ids for each in abroad)
        (offered if is_open else closed).append(row)
    return offered, closed
