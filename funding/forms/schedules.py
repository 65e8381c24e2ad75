"""A draft ceiling schedule with all its amounts as one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import prefetch_related_objects
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funding.forms.fields import KronorField, QuantityField
from funding.models import Ceiling, CeilingSchedule
from funding.schedule_checks import Place, every_place, place_of
from funding.schedule_table import Terms, places_of, terms_of
from funding.states import Basis, CeilingKind, Phase

POSITIVE = MinValueValidator(1, gettext_lazy("Write more than zero, or leave the cell empty."))


@dataclass(frozen=True)
class FieldRow:
    phase: Phase
    amounts: list[BoundField]
    basis: BoundField
    kind: BoundField


class ScheduleForm(forms.ModelForm):
    """Amounts may be missing in a draft; publishing refuses a gap."""

    max_day_rate_sek = KronorField(
        label=gettext_lazy("Highest price a day, SEK"),
        validators=[MinValueValidator(1, gettext_lazy("Write more than zero."))],
        help_text=gettext_lazy("For salaries (with social charges) and fees, for each person."),
    )
    max_pay_percent = QuantityField(
        label=gettext_lazy("Salaries and fees at most, per cent of the budget")
    )

    class Meta:
        model = CeilingSchedule
        fields = [
            *("key", "name", "valid_from", "source_sv", "source_en"),
            *("max_day_rate_sek", "day_rate_source_sv", "day_rate_source_en"),
            *("max_pay_percent", "pay_share_source_sv", "pay_share_source_en"),
            *("min_visits_a_year", "visits_source_sv", "visits_source_en"),
        ]
        labels = {
            "day_rate_source_sv": gettext_lazy("Source of the highest price, in Swedish"),
            "day_rate_source_en": gettext_lazy("Source of the highest price, in English"),
            "pay_share_source_sv": gettext_lazy("Source of the share of pay, in Swedish"),
            "pay_share_source_en": gettext_lazy("Source of the share of pay, in English"),
            "visits_source_sv": gettext_lazy("Source of the number of visits, in Swedish"),
            "visits_source_en": gettext_lazy("Source of the number of visits, in English"),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.saved = {place_of(row.cell): row for row in _rows_of(self.instance)}
        terms = terms_of(row.cell for row in self.saved.values())
        if len(terms) < len(Phase):
            terms = {**_usual_terms(), **terms}
        for phase in Phase:
            self._add_row(phase, terms.get(phase, Terms()))

    def rows(self) -> Iterable[FieldRow]:
        for phase in Phase:
            amounts = [self[_name(place)] for place in places_of(phase)]
            yield FieldRow(phase, amounts, self[f"{phase}-basis"], self[f"{phase}-kind"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for phase in Phase:
            filled = any(cleaned.get(_name(place)) for place in places_of(phase))
            for name in (f"{phase}-basis", f"{phase}-kind"):
                if filled and not cleaned.get(name):
                    self.add_error(name, _("Choose what the amounts of this phase are."))
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()
        for place in every_place():
            self._keep(place)

    def _keep(self, place: Place) -> None:
        amount_sek, row = self.cleaned_data[_name(place)], self.saved.get(place)
        if amount_sek is None:
            if row:
                row.delete()
            return
        row = row or Ceiling(schedule=self.instance, **vars(place))
        row.amount_sek = amount_sek
        row.basis = self.cleaned_data[f"{place.phase}-basis"]
        row.kind = self.cleaned_data[f"{place.phase}-kind"]
        row.save()

    def _add_row(self, phase: Phase, terms: Terms) -> None:
        for place in places_of(phase):
            row = self.saved.get(place)
            self.fields[_name(place)] = _amount_field(place, row.amount_sek if row else None)
        self.fields[f"{phase}-basis"] = _choice(phase, _("basis"), Basis, terms.basis)
        self.fields[f"{phase}-kind"] = _choice(phase, _("kind"), CeilingKind, terms.kind)


def _rows_of(schedule: CeilingSchedule) -> Iterable[Ceiling]:
    """Its cells as they are saved, kept on the row for the rest of the page."""
    if schedule.pk is None:
        return []
    prefetch_related_objects([schedule], "cells")
    return schedule.cells.all()


def _usual_terms() -> dict[str, Terms]:
    """Basis and kind as the newest published schedule has them, for phases without amounts."""
    newest = CeilingSchedule.objects.published().values("pk")[:1]
    return terms_of(row.cell for row in Ceiling.objects.filter(schedule=newest))


def _name(place: Place) -> str:
    model = "multi_party" if place.multi_party else "bilateral"
    return f"{place.phase}-{place.region}-{model}"


def _amount_field(place: Place, amount_sek: int | None) -> KronorField:
    label = str(place)
    attrs = {"aria-label": label, "inputmode": "numeric", "autocomplete": "off"}
    return KronorField(
        label=label,
        required=False,
        initial=amount_sek,
        validators=[POSITIVE],
        widget=forms.TextInput(attrs=attrs),
    )


def _choice(phase: Phase, what: str, states, initial: str) -> forms.ChoiceField:
    label = f"{phase.label}, {what}"
    return forms.ChoiceField(
        label=label,
        required=False,
        initial=initial,
        choices=[*([] if initial else [("", _("Choose"))]), *states.choices],
        widget=forms.Select(attrs={"aria-label": label}),
    )
