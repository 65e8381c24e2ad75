"""What officers and deciders write about a case."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.states import Role
from applications.forms.budget import KronorField
from applications.forms.guarded import GuardedForm, ProseField
from decisions.amounts import Asked, exceeds_guideline
from decisions.models import Proposal
from decisions.states import Outcome
from icld_portal.formats import kronor, period

ASSESSMENT_LIMIT = 20_000
REASONS_LIMIT = 10_000


def officers():
    """Those who may be given a case, or present one."""
    return User.objects.filter(is_active=True, is_staff=True, groups__name=Role.OFFICER)


class AssignForm(forms.Form):
    officer = forms.ModelChoiceField(
        officers(),
        label=_("Case officer"),
        help_text=_("The contact named in the decision letter."),
        empty_label=_("Choose an officer"),
    )


class AssessmentForm(GuardedForm):
    text = ProseField(
        limit=ASSESSMENT_LIMIT,
        rows=16,
        label=_("Assessment"),
        help_text=_(
            "Relevance, mutual benefit, ownership, logic of results, democracy, equality, poverty, "
            "sustainability, feasibility and cost. Only ICLD reads it."
        ),
    )


class ProposalForm(GuardedForm):
    """Outcome, one amount for each project year, reasons and conditions."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices, widget=forms.RadioSelect, label=_("Outcome")
    )
    reasons = ProseField(
        limit=REASONS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "sv"}),
        label=_("Reasons"),
        help_text=_("In Swedish, short and easy to understand. They stand in the letter."),
    )
    conditions = ProseField(
        limit=REASONS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "sv"}),
        required=False,
        label=_("Conditions, if any"),
        help_text=_("One condition a line."),
    )

    def __init__(self, data=None, *, asked: Asked, newest: Proposal | None, saved, **options):
        super().__init__(data, saved=saved, **options)
        self.asked = asked
        amounts = newest.amounts if newest else asked.per_year_sek
        for year, amount_sek in zip(asked.years, amounts, strict=True):
            self.fields[f"year_{year.number}"] = _year_field(
                year, amount_sek, is_guideline=asked.is_guideline
            )
        if newest:
            self.initial |= {
                "outcome": newest.outcome,
                "reasons": newest.reasons,
                "conditions": newest.conditions,
            }

    def year_fields(self) -> list[forms.BoundField]:
        return [self[f"year_{year.number}"] for year in self.asked.years]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("outcome") != Outcome.REJECTED:
            for field in self.year_fields():
                if field.name in data and data[field.name] is None:
                    self.add_error(field.name, gettext("Write an amount, or 0."))
        return data

    @property
    def amounts(self) -> Sequence[int]:
        """Kronor for each year: a rejection has zeros, whatever stands in the fields."""
        if self.cleaned_data["outcome"] == Outcome.REJECTED:
            return [0] * len(self.asked.years)
        return [self.cleaned_data[field.name] for field in self.year_fields()]

    def values(self) -> dict:
        """What the action wants of a valid form."""
        names = ("outcome", "reasons", "conditions")
        typed = {name: self.cleaned_data[name] for name in names}
        return {**typed, "amounts": self.amounts, "was": self.seen}


class DecisionForm(ProposalForm):
    """The decision, filled with the proposal; a guideline exceeded has to be accepted."""

    presented_by = forms.ModelChoiceField(
        officers(), label=_("Presented by"), empty_label=_("Choose an officer")
    )
    guideline_accepted = forms.BooleanField(
        required=False, label=_("I accept that the guideline amount is exceeded")
    )

    def __init__(self, data=None, *, asked: Asked, newest: Proposal | None, decider, **options):
        super().__init__(data, asked=asked, newest=newest, **options)
        self.fields["presented_by"].queryset = officers().exclude(pk=decider.pk)
        if newest:
            self.initial["presented_by"] = newest.by_id
        if not exceeds_guideline(asked, asked.per_year_sek):
            del self.fields["guideline_accepted"]

    def values(self) -> dict:
        return {
            **super().values(),
            "presented_by": self.cleaned_data["presented_by"],
            "guideline_accepted": self.cleaned_data.get("guideline_accepted", False),
        }


def _year_field(year, amount_sek: int, *, is_guideline: bool) -> KronorField:
    limits = gettext("applied for %(asked)s") % {"asked": kronor(year.asked_sek)}
    if year.ceiling_sek is not None:
        words = gettext(", guideline %(limit)s") if is_guideline else gettext(", limit %(limit)s")
        limits += words % {"limit": kronor(year.ceiling_sek)}
    label = gettext("Year %(number)s, SEK") % {"number": year.number}
    days = period(year.starts_on, year.ends_on)
    return KronorField(
        label=label, help_text=f"{days}: {limits}", initial=amount_sek, required=False
    )
