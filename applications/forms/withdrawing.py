from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import ProseField
from applications.models import Application
from funding.states import Phase

ALL, ONLY = "all", "only"


class WithdrawForm(forms.Form):
    """What is taken back, and why. `along`: what goes together with the application, and is asked
    about: nothing is taken for granted."""

    scope = forms.ChoiceField(
        label=_("What do you withdraw?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you withdraw.")},
    )
    reason = ProseField(label=_("Reason (optional)"), required=False, limit=1000, rows=3)

    def __init__(self, application: Application, along: Sequence[Application], data=None) -> None:
        super().__init__(data)
        self.application, self.along = application, along
        if not along:
            del self.fields["scope"]
        elif application.phase == Phase.STEERING_GROUP:
            both = _("The steering group and the project that goes with it")
            several = _("The steering group and the projects that go with it")
            self.fields["scope"].choices = [
                (ALL, both if len(along) == 1 else several),
                (ONLY, _("Only the steering group: a project without one is not complete")),
            ]
        else:
            self.fields["scope"].choices = [
                (ALL, _("The project and its steering group")),
                (ONLY, _("Only the project: the steering group's application remains")),
            ]

    def applications(self) -> list[Application]:
        """What is to be withdrawn. Only of a valid form."""
        together = self.cleaned_data.get("scope") == ALL
        return [self.application, *(self.along if together else ())]
