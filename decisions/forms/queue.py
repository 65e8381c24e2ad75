"""What the officers' queue can be narrowed down by, and ordered."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.models import Round
from applications.states import ApplicationState
from decisions.querysets import ENDED, matching
from decisions.states import CaseState
from funding.states import Phase

ANY = [("", _("All"))]
STATES = [*CaseState.choices, *((state, ApplicationState(state).label) for state in ENDED)]
ORDERS = {
    "dnr": (_("Registration number"), ["-round__opens_at", "dnr"]),
    "newest": (_("Received last"), ["-latest_received_at", "dnr"]),
    "oldest": (_("Received first"), ["latest_received_at", "dnr"]),
    "asked": (_("Largest amount"), ["-latest_amount_sek", "dnr"]),
}


class QueueForm(forms.Form):
    """The filter above the queue. What cannot be understood narrows nothing down."""

    q = forms.CharField(required=False, label=_("Number, title or party"), max_length=100)
    round = forms.ModelChoiceField(
        Round.objects.all(), required=False, label=_("Round"), empty_label=_("All")
    )
    phase = forms.ChoiceField(choices=ANY + Phase.choices, required=False, label=_("Phase"))
    state = forms.ChoiceField(choices=ANY + STATES, required=False, label=_("State"))
    order = forms.ChoiceField(
        choices=[(key, label) for key, (label, _fields) in ORDERS.items()],
        required=False,
        label=_("Order"),
    )

    def chosen(self, name: str):
        return self.cleaned_data.get(name) if self.is_valid() or self.is_bound else None

    def narrowed(self, queue: QuerySet) -> QuerySet:
        """The queue by round, phase and words: everything but the state."""
        if round_ := self.chosen("round"):
            queue = queue.filter(round=round_)
        if phase := self.chosen("phase"):
            queue = queue.filter(phase=phase)
        return matching(queue, self.chosen("q") or "")

    def in_state(self, queue: QuerySet) -> QuerySet:
        """One state alone; without a choice all that ICLD still has to do with."""
        state = self.chosen("state")
        return queue.filter(case_state=state) if state else queue.exclude(case_state__in=ENDED)

    def ordered(self, queue: QuerySet) -> QuerySet:
        _label, fields = ORDERS[self.chosen("order") or "dnr"]
        return queue.order_by(*fields)
