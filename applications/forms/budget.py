"""One budget line, and the reason for asking for more than a guideline amount."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.actions.budgeting import line_values
from applications.actions.editing import field_values
from applications.completeness import MAX_MONTHS, MAX_YEARS
from applications.documents.budget_table import quantity_text
from applications.forms.guarded import GuardedForm, LineField, ProseField
from applications.models import Application
from funding.budget_rules import line_amount
from funding.models import BudgetLine, CostType
from funding.money import AmountError, AmountTooLarge, parse_kronor
from funding.states import CostGroup
from icld_portal.formats import number
from partnerships.states import Side


class KronorField(forms.CharField):
    """Whole kronor the way people write them: "4 800", "4.800", "4 800 kr". Öre are refused."""

    def __init__(self, **options) -> None:
        attrs = {"class": "is-short", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> int | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_kronor(text)
        except AmountError as error:
            raise ValidationError(error.text(), code=error.code) from None

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value


class QuantityField(forms.DecimalField):
    """A number of days, nights or pieces; a half is written "0,5" or "0.5"."""

    def __init__(self, **options) -> None:
        attrs = {"class": "is-short", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> Decimal | None:
        text = "".join(str(value or "").split()).replace(",", ".")
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        return quantity_text(value) if isinstance(value, Decimal) else value


class LineForm(GuardedForm):
    """One cost. For salaries and fees it is persons × days × kronor a day."""

    project_year = forms.TypedChoiceField(label=_("Project year"), coerce=int)
    party_id = forms.TypedChoiceField(label=_("Party that has the cost"), coerce=int)
    cost_type_id = forms.TypedChoiceField(label=_("Cost type"), coerce=int)
    description = LineField(
        label=_("What for"),
        help_text=_("Say it so that the one who reads knows what the money buys."),
        validators=[MaxLengthValidator(200)],
    )
    persons = forms.IntegerField(
        label=_("Persons"),
        required=False,
        initial=1,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text=_("Only for salaries and fees: how many persons."),
        widget=forms.NumberInput(attrs={"class": "is-short", "min": 1}),
    )
    quantity = QuantityField(
        label=_("Quantity"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=_("Days for each person for salaries and fees; else journeys, nights or pieces."),
    )
    unit_price_sek = KronorField(
        label=_("Price each, whole kronor"),
        help_text=_("For salaries and fees: kronor a day for each person, at most 4 800."),
    )

    def __init__(
        self,
        application: Application,
        cost_types: list[CostType],
        data=None,
        *,
        line: BudgetLine | None = None,
        proposed: dict[str, Any] | None = None,
    ) -> None:
        saved = line_values(line) if line else {}
        initial = {**(saved or proposed or {})}
        for name in initial.keys() & {"project_year", "party_id", "cost_type_id"}:
            initial[name] = str(initial[name])  # as a choice comes back, so that they compare equal
        super().__init__(data, saved=saved, initial=initial)
        self.cost_types = {cost_type.pk: cost_type for cost_type in cost_types}
        self.fields["project_year"].choices = _years(application, line)
        self.fields["party_id"].choices = [
            (row.party_id, _party_label(row)) for row in application.parties.all()
        ]
        self.fields["cost_type_id"].choices = [("", gettext("Choose")), *_grouped(cost_types)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["persons"] = cleaned.get("persons") or 1
        if {"quantity", "unit_price_sek"} <= cleaned.keys():
            try:
                line_amount(cleaned["persons"], cleaned["quantity"], cleaned["unit_price_sek"])
            except AmountTooLarge as error:
                self.add_error("unit_price_sek", ValidationError(error.text(), code=error.code))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action saves."""
        cleaned = self.cleaned_data
        names = ("project_year", "description", "persons", "quantity", "unit_price_sek")
        return {
            **{name: cleaned[name] for name in names},
            "party_id": cleaned["party_id"],
            "cost_type": self.cost_types[cleaned["cost_type_id"]],
        }


class ReasonForm(GuardedForm):
    """Why the budget asks for more than the guideline amount."""

    guideline_reason = ProseField(
        label=_("Why do you ask for more than the guideline amount?"),
        required=False,
        limit=2000,
        help_text=_("ICLD must accept the reason to grant more. At most 2 000 characters."),
    )

    def __init__(self, application: Application, data=None) -> None:
        saved = field_values(application, ["guideline_reason"])
        super().__init__(data, saved=saved, initial=saved)


def _years(application: Application, line: BudgetLine | None) -> list[tuple[int, str]]:
    """The years of the period; without dates those the phase can have; a line's own year always."""
    count = min(application.years, MAX_YEARS) or -(-MAX_MONTHS[application.phase] // 12)
    years = {*range(1, count + 1), *([line.project_year] if line else [])}
    return [(year, gettext("Year %(year)s") % {"year": year}) for year in sorted(years)]


def _party_label(row) -> str:
    return f"{Side(row.side).label}: {row.organisation.display_name}"


def _grouped(cost_types: list[CostType]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The cost types under their headings: pay, then everything else."""
    pay = [(each.pk, str(each)) for each in cost_types if each.is_pay]
    rest = [(each.pk, str(each)) for each in cost_types if not each.is_pay]
    return [(gettext("Salaries and fees"), pay), (str(CostGroup.EXPENSE.label), rest)]
