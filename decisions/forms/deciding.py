"""What officers and deciders write about a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.states import Role
from applications.forms.guarded import ProseField
from decisions.amounts import Asked, over_guideline
from decisions.forms.reducing import ReducingForm
from decisions.models import Proposal
from decisions.states import Outcome

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


class ProposalForm(ReducingForm):
    """Outcome, the amount of each line, reasons and conditions; filled with the newest proposal.

    After a proposal to reject the amounts are those asked for: its zeros are nothing to write on.
    """

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

    def __init__(self, data=None, *, asked: Asked, newest: Proposal | None, **options) -> None:
        amounts = newest.amounts if newest and newest.outcome != Outcome.REJECTED else None
        saved = newest.pk if newest else None
        super().__init__(data, asked=asked, amounts=amounts, saved=saved, **options)
        if newest:
            self.initial |= {
                "outcome": newest.outcome,
                "reasons": newest.reasons,
                "conditions": newest.conditions,
            }

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
        if not over_guideline(asked, asked.amounts):
            del self.fields["guideline_accepted"]

    def values(self) -> dict:
        return {
            **super().values(),
            "presented_by": self.cleaned_data["presented_by"],
            "guideline_accepted": self.cleaned_data.get("guideline_accepted", False),
        }
