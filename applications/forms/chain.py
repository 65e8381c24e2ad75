"""The fields of the form's question about the earlier case, training and other grants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import LineField, ProseField
from applications.models import Application, Question
from applications.phase_chain import ASKED, Asked
from applications.states import Training
from funding.states import Phase


@dataclass(frozen=True)
class Chain:
    """What a form asks about the chain of phases, and the cases that one may choose among."""

    question: Question
    phase: Phase
    earlier: Sequence[Application]

    @property
    def asked(self) -> Iterable[Asked]:
        return ASKED[self.phase]


class KeyChoiceField(forms.TypedChoiceField):
    """A choice whose value is no text: compared by what the browser sends for it."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str("" if initial is None else initial) != str("" if data is None else data)


def chain_fields(application: Application, chain: Chain) -> dict[str, forms.Field]:
    """In the order in which they are asked."""
    fields: dict[str, forms.Field] = {}
    if Asked.EARLIER in chain.asked:
        if chain.earlier:
            fields["builds_on_id"] = _builds_on(application, chain)
        fields["no_preparation_reason"] = _reason(application, chain)
    if Asked.TRAINING in chain.asked:
        fields |= _training()
    return fields | _grants()


def _builds_on(application: Application, chain: Chain) -> forms.Field:
    is_project = application.phase == Phase.PROJECT
    return KeyChoiceField(
        label=_("Which inception does the project build on?")
        if is_project
        else _("Which project does the application build on?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext("None of them")), *((row.pk, told(row)) for row in chain.earlier)],
    )


def told(row: Application) -> str:
    """An earlier case in one line."""
    return f"{row.dnr or ''} {row.title} ({row.round})".strip()


def _reason(application: Application, chain: Chain) -> forms.Field:
    if application.phase == Phase.PROJECT:
        label = _("Why do you apply for a project without an inception first?")
        help_text = _(
            "Most partnerships begin with an inception. Say what makes you ready for a project, "
            "or name an inception that is not in the portal. At most 1 500 characters."
        )
    else:
        label = _("Why do you build on no project in the portal?")
        help_text = _(
            "Name the project, its number and years if it is older than the portal, and where "
            "one can read about its results. At most 1 500 characters."
        )
    if chain.earlier:
        help_text = _("Only if you have chosen none above. At most 1 500 characters.")
    return ProseField(label=label, required=False, limit=1500, help_text=help_text)


def _training() -> dict[str, forms.Field]:
    return {
        "training": forms.ChoiceField(
            label=_("Has anybody taken ICLD's training in municipal partnerships?"),
            required=False,
            choices=Training.choices,
            widget=forms.RadioSelect,
        ),
        "training_note": LineField(
            label=_("Who, and when?"),
            required=False,
            max_length=200,
            help_text=_("Roles rather than names: “both coordinators, November 2026”."),
        ),
    }


def _grants() -> dict[str, forms.Field]:
    return {
        "has_other_grants": KeyChoiceField(
            label=_("Do you have, or seek, other grants for the same work?"),
            required=False,
            coerce=lambda value: value == "True",
            empty_value=None,
            choices=[
                ("False", pgettext_lazy("grants", "No")),
                ("True", pgettext_lazy("grants", "Yes")),
            ],
            widget=forms.RadioSelect,
            help_text=_(
                "The same cost may not be paid twice. Other grants do not stand in the way."
            ),
        ),
        "other_grants": ProseField(
            label=_("Which?"),
            required=False,
            limit=1000,
            rows=3,
            help_text=_("From whom, for what, how much, and where they do not overlap."),
        ),
    }
