"""What the officers' queue can be narrowed down by, and ordered."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.models import Round
from applications.states import ApplicationState
from applications.texts.searching import stems
from decisions.forms.deciding import officers
from decisions.querysets import ENDED
from decisions.queue_columns import COLUMNS, ORDERS, fields_of, shown
from decisions.states import CaseFlag, CaseState
from funding.states import Phase
from partnerships.models import Country

ANY = [("", _("All"))]
STATES = [*CaseState.choices, *((state, ApplicationState(state).label) for state in ENDED)]
MINE, NOBODYS = "mine", "none"


class QueueForm(forms.Form):
    """The filter above the queue. What cannot be understood narrows nothing down."""

    q = forms.CharField(required=False, label=_("Number, title, party or country"), max_length=100)
    round = forms.ModelChoiceField(
        Round.objects.all(), required=False, label=_("Round"), empty_label=_("All")
    )
    phase = forms.ChoiceField(choices=ANY + Phase.choices, required=False, label=_("Phase"))
    country = forms.ModelChoiceField(
        Country.objects.all(),
        required=False,
        label=_("Country"),
        empty_label=_("All"),
        to_field_name="code",
    )
    state = forms.ChoiceField(choices=ANY + STATES, required=False, label=_("State"))
    officer = forms.ChoiceField(required=False, label=_("Case officer"))
    flag = forms.ChoiceField(choices=ANY + CaseFlag.choices, required=False, label=_("To look at"))
    columns = forms.MultipleChoiceField(
        choices=[(column.key, column.label) for column in COLUMNS],
        required=False,
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
    )
    order = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, user) -> None:
        super().__init__(data)
        self.user = user
        mine = [("", _("All")), (MINE, _("Mine")), (NOBODYS, _("Nobody's"))]
        others = [(str(each.pk), str(each)) for each in officers() if each != user]
        self.fields["officer"].choices = mine + others

    def chosen(self, name: str):
        return self.cleaned_data.get(name) if self.is_valid() or self.is_bound else None

    @property
    def columns_shown(self):
        return shown(self.chosen("columns") or [])

    @property
    def order_chosen(self) -> str:
        order = self.chosen("order") or ""
        return order if order in ORDERS else ""

    @property
    def narrows(self) -> bool:
        """Whether it leaves out anything, the state apart."""
        names = ("q", "round", "phase", "country", "officer", "flag")
        return any(self.chosen(name) for name in names)

    def narrowed(self, queue: QuerySet) -> QuerySet:
        """The queue by everything but the state."""
        if round_ := self.chosen("round"):
            queue = queue.filter(application__round=round_)
        if phase := self.chosen("phase"):
            queue = queue.filter(application__phase=phase)
        if country := self.chosen("country"):
            queue = queue.filter(countries__contains=[country.code])
        if flag := self.chosen("flag"):
            queue = queue.filter(flags__contains=[flag])
        return self._of_officer(queue).matching(stems(self.chosen("q") or ""))

    def in_state(self, queue: QuerySet) -> QuerySet:
        """One state alone; without a choice all that ICLD still has to do with."""
        state = self.chosen("state")
        if state:
            return queue.filter(shown_state=state)
        return queue.exclude(shown_state__in=ENDED)

    def ordered(self, queue: QuerySet) -> QuerySet:
        return queue.order_by(*fields_of(self.order_chosen), "pk")

    def _of_officer(self, queue: QuerySet) -> QuerySet:
        officer = self.chosen("officer")
        if officer == MINE:
            return queue.filter(officer=self.user)
        if officer == NOBODYS:
            return queue.filter(officer=None)
        return queue.filter(officer=officer) if officer else queue
