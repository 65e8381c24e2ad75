from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.actions.editing import area_values
from applications.forms.guarded import GuardedForm, ProseField
from applications.models import Application, Area, CoreArea
from funding.states import Phase

REASON_LIMIT = 1000


@dataclass(frozen=True)
class CoreAreaRow:
    """A core area with its tick and the field for its reason."""

    core_area: CoreArea
    number: int
    chosen: bool
    reason: forms.BoundField


class AreasForm(GuardedForm):
    """Areas of cooperation, one of them the main one; and core areas with their reasons."""

    main_area = forms.ModelChoiceField(
        label=_("Main area of cooperation"),
        queryset=Area.objects.none(),
        required=False,
        to_field_name="key",
        empty_label=_("Choose an area"),
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Other areas that you touch"),
        queryset=Area.objects.none(),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )
    core_areas = forms.MultipleChoiceField(
        label=_("Core areas"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, application: Application, data=None) -> None:
        saved = area_values(application)
        self.catalogue = list(CoreArea.objects.all()) if asks_core_areas(application) else []
        super().__init__(data, saved=saved, initial=self._initial(saved))
        areas = Area.objects.all()
        for name in ("main_area", "areas"):
            self.fields[name].queryset = areas
        choices = [(area.key, area.label) for area in areas]
        self.fields["areas"].choices = choices
        self.fields["main_area"].choices = [("", self.fields["main_area"].empty_label), *choices]
        self._add_core_areas()

    @property
    def core_rows(self) -> list[CoreAreaRow]:
        chosen = self["core_areas"].value() or []
        return [
            CoreAreaRow(area, number, area.key in chosen, self[reason_field(area)])
            for number, area in enumerate(self.catalogue)
        ]

    @property
    def reasons(self) -> dict[CoreArea, str]:
        """The chosen core areas and why. Only of a valid form."""
        chosen = self.cleaned_data["core_areas"]
        return {
            area: self.cleaned_data[reason_field(area)]
            for area in self.catalogue
            if area.key in chosen
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        message = _("You have given a reason. Tick the core area too, or remove the reason.")
        for area in self.catalogue:
            name = reason_field(area)
            if cleaned.get(name) and area.key not in cleaned.get("core_areas", []):
                self.add_error(name, ValidationError(message, "reason_without_tick"))
        return cleaned

    def _add_core_areas(self) -> None:
        self.fields["core_areas"].choices = [(area.key, area.label) for area in self.catalogue]
        for area in self.catalogue:
            label = _("Why %(core_area)s?") % {"core_area": area.label}
            self.fields[reason_field(area)] = ProseField(
                label=label, required=False, limit=REASON_LIMIT, rows=3
            )

    def _initial(self, saved: Mapping) -> dict:
        keys = {area.pk: area.key for area in Area.objects.all()}
        initial = {
            "main_area": keys.get(saved["main"]),
            "areas": [keys[pk] for pk in saved["areas"] if pk != saved["main"]],
            "core_areas": [area.key for area in self.catalogue if area.pk in saved["core"]],
        }
        return initial | dict(_reasons(self.catalogue, saved["core"]))


def asks_core_areas(application: Application) -> bool:
    """Every phase but dissemination names its core areas (domain section 8, part 18)."""
    return application.phase != Phase.DISSEMINATION


def reason_field(area: CoreArea) -> str:
    return f"reason-{area.key}"


def _reasons(catalogue: Iterable[CoreArea], saved: Mapping[int, str]) -> Iterable[tuple[str, str]]:
    return ((reason_field(area), saved.get(area.pk, "")) for area in catalogue)
