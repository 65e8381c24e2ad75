from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.actions.editing import MAX_MAIN_GOALS, area_values
from applications.forms.guarded import GuardedForm, ProseField
from applications.models import Application, Area, CoreArea, GlobalGoal, Question
from applications.refusals import TooManyMainGoals
from applications.states import QuestionKind
from funding.states import Phase

REASON_LIMIT = 1000


@dataclass(frozen=True)
class GoalRow:
    """A Global Goal with its two ticks: contributed to, and one of the main ones."""

    goal: GlobalGoal
    chosen: bool
    main: bool


@dataclass(frozen=True)
class CoreAreaRow:
    """A core area with its tick and the field for its reason."""

    core_area: CoreArea
    number: int
    chosen: bool
    reason: forms.BoundField


class AreasForm(GuardedForm):
    """Areas of cooperation, one of them the main one; core areas with their reasons; and, where the
    form asks for them, Global Goals."""

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

    goals = forms.MultipleChoiceField(
        label=_("Global Goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    main_goals = forms.MultipleChoiceField(
        label=_("The main ones of the Global Goals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, application: Application, data=None) -> None:
        saved = area_values(application)
        self.goal_catalogue = list(GlobalGoal.objects.all()) if asks_goals(application) else []
        self.catalogue = list(CoreArea.objects.all()) if asks_core_areas(application) else []
        super().__init__(data, saved=saved, initial=self._initial(saved))
        areas = Area.objects.all()
        for name in ("main_area", "areas"):
            self.fields[name].queryset = areas
        choices = [(area.key, area.label) for area in areas]
        self.fields["areas"].choices = choices
        self.fields["main_area"].choices = [("", self.fields["main_area"].empty_label), *choices]
        self._add_core_areas()
        self._add_goals()

    @property
    def goal_rows(self) -> list[GoalRow]:
        chosen, main = self._ticked("goals"), self._ticked("main_goals")
        return [
            GoalRow(goal, str(goal.number) in chosen, str(goal.number) in main)
            for goal in self.goal_catalogue
        ]

    @property
    def chosen_goals(self) -> dict[GlobalGoal, bool] | None:
        """The goals with whether each is a main one: a main one is always chosen. None where they
        are not asked for. Only of a valid form."""
        if not self.goal_catalogue:
            return None
        main = self.cleaned_data["main_goals"]
        chosen = {*self.cleaned_data["goals"], *main}
        return {
            goal: str(goal.number) in main
            for goal in self.goal_catalogue
            if str(goal.number) in chosen
        }

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

    def clean_main_goals(self) -> list[str]:
        main = self.cleaned_data["main_goals"]
        if len(main) > MAX_MAIN_GOALS:
            message = TooManyMainGoals(limit=MAX_MAIN_GOALS).text()
            raise ValidationError(message, "too_many_main_goals")
        return main

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

    def _ticked(self, name: str) -> set[str]:
        return set(self[name].value() or []) if name in self.fields else set()

    def _add_goals(self) -> None:
        if not self.goal_catalogue:
            del self.fields["goals"], self.fields["main_goals"]
            return
        choices = [(str(goal.number), f"{goal.number}. {goal}") for goal in self.goal_catalogue]
        self.fields["goals"].choices = self.fields["main_goals"].choices = choices

    def _initial(self, saved: Mapping) -> dict:
        keys = {area.pk: area.key for area in Area.objects.all()}
        initial = {
            "main_area": keys.get(saved["main"]),
            "areas": [keys[pk] for pk in saved["areas"] if pk != saved["main"]],
            "core_areas": [area.key for area in self.catalogue if area.pk in saved["core"]],
            **self._initial_goals(saved["goals"]),
        }
        return initial | dict(_reasons(self.catalogue, saved["core"]))

    def _initial_goals(self, saved: Mapping[int, bool]) -> dict[str, list[str]]:
        chosen = [goal for goal in self.goal_catalogue if goal.pk in saved]
        return {
            "goals": [str(goal.number) for goal in chosen],
            "main_goals": [str(goal.number) for goal in chosen if saved[goal.pk]],
        }


def asks_goals(application: Application) -> bool:
    """Where the form of the round asks for Global Goals."""
    return Question.objects.filter(
        form_version__roundphase__round=application.round_id,
        form_version__roundphase__phase=application.phase,
        kind=QuestionKind.GOALS,
    ).exists()


def asks_core_areas(application: Application) -> bool:
    """Every phase but dissemination names its core areas (domain section 8, part 18)."""
    return application.phase != Phase.DISSEMINATION


def reason_field(area: CoreArea) -> str:
    return f"reason-{area.key}"


def _reasons(catalogue: Iterable[CoreArea], saved: Mapping[int, str]) -> Iterable[tuple[str, str]]:
    return ((reason_field(area), saved.get(area.pk, "")) for area in catalogue)
