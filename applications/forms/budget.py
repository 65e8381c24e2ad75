"""One budget line as it is typed, and the reasons that a budget may have to give."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.actions.budgeting import SEK, line_values
from applications.actions.editing import REASON_FIELDS, field_values
from applications.completeness import MAX_MONTHS, MAX_YEARS
from applications.forms.guarded import GuardedForm, LineField, ProseField
from applications.forms.selects import SharedSelect
from applications.models import Application
from funding.budget_rules import line_amount
from funding.forms.fields import QuantityField
from funding.models import BudgetLine, CostType, ExchangeRate
from funding.money import AmountError, parse_decimal, parse_kronor
from funding.states import CostGroup
from icld_portal.formats import number, quantity

Choices = Sequence[tuple[Any, Any]]
LARGEST_QUANTITY = Decimal("999999.99")


@dataclass(frozen=True)
class LineChoices:
    """What a line can be chosen from, read once for a whole budget."""

    years: Choices
    parties: Choices
    cost_types: Mapping[int, CostType]
    rates: Mapping[str, ExchangeRate]
    written: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def grouped(self) -> Choices:
        """The cost types under their headings: pay, then everything else."""
        pay = [(pk, str(row)) for pk, row in self.cost_types.items() if row.is_pay]
        rest = [(pk, str(row)) for pk, row in self.cost_types.items() if not row.is_pay]
        return [(gettext("Salaries and fees"), pay), (str(CostGroup.EXPENSE.label), rest)]

    @property
    def currencies(self) -> list[str]:
        return [SEK, *sorted(self.rates)]


def line_choices(application: Application, rates: Iterable[ExchangeRate] = ()) -> LineChoices:
    """Years of the period (without dates those that the phase can have), parties and cost types."""
    count = min(application.years, MAX_YEARS) or -(-MAX_MONTHS[application.phase] // 12)
    return LineChoices(
        years=[(year, str(year)) for year in range(1, count + 1)],
        parties=[(row.party_id, str(row.organisation)) for row in application.parties.all()],
        cost_types={row.pk: row for row in CostType.objects.all()},
        rates={row.currency: row for row in rates},
    )


class LineForm(forms.Form):
    """One cost: persons × quantity × price. What has been left empty can be filled in later."""

    project_year = forms.IntegerField(
        label=_("Year"), min_value=1, max_value=MAX_YEARS, widget=SharedSelect
    )
    party_id = forms.TypedChoiceField(label=_("Party"), coerce=int, widget=SharedSelect)
    cost_type_id = forms.TypedChoiceField(
        label=_("Cost type"),
        coerce=int,
        widget=SharedSelect,
        error_messages={"required": _("Choose a cost type.")},
    )
    activity = LineField(label=_("Activity"), required=False, validators=[MaxLengthValidator(150)])
    description = LineField(
        label=_("What for"), required=False, validators=[MaxLengthValidator(200)]
    )
    persons = forms.IntegerField(
        label=_("Persons"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "1"}
        ),
        error_messages={"invalid": _("Write the number of persons in digits.")},
    )
    quantity = QuantityField(
        label=_("Quantity"),
        required=False,
        validators=[MaxValueValidator(LARGEST_QUANTITY)],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    unit = LineField(label=_("Unit"), required=False, validators=[MaxLengthValidator(30)])
    unit_price = forms.CharField(
        label=_("Price each"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False, widget=SharedSelect)

    def __init__(
        self,
        choices: LineChoices,
        data=None,
        *,
        line: BudgetLine | None = None,
        initial: Mapping[str, Any] | None = None,
        **options,
    ) -> None:
        shown = _as_typed(line) if line else dict(initial or {})
        super().__init__(data, initial=shown, **options)
        self.choices, self.line = choices, line
        years = _with(choices.years, line and line.project_year)
        self.fields["project_year"].widget.choices = years
        self._own_choices = set()
        if years is not choices.years:
            self._own_choices.add("project_year")
        self.fields["party_id"].choices = choices.parties
        self.fields["cost_type_id"].choices = [("", gettext("Choose")), *choices.grouped]
        offered = [(code, code) for code in choices.currencies]
        currencies = _with(offered, line and line.currency)
        self.fields["currency"].choices = currencies
        if currencies is not offered:
            self._own_choices.add("currency")
        for name, cell in self.fields.items():
            cell.widget.attrs["aria-label"] = str(cell.label)
            if isinstance(cell.widget, SharedSelect) and name not in self._own_choices:
                cell.widget.written = choices.written[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["persons"] = cleaned.get("persons") or 1
        cleaned["currency"] = cleaned.get("currency") or SEK
        if "quantity" in cleaned:
            cleaned["quantity"] = cleaned["quantity"] or Decimal(0)
        if "unit_price" in cleaned and "currency" not in self.errors:
            self._read_price(cleaned)
        return cleaned

    def _read_price(self, cleaned: dict[str, Any]) -> None:
        parse = parse_kronor if cleaned["currency"] == SEK else parse_decimal
        try:
            price = parse(cleaned["unit_price"]) if cleaned["unit_price"] else parse("0")
            line_amount(1, Decimal(1), price, self._rate(cleaned["currency"]))
            line_amount(
                cleaned["persons"],
                cleaned.get("quantity", Decimal(1)),
                price,
                self._rate(cleaned["currency"]),
            )
        except AmountError as error:
            self.add_error("unit_price", ValidationError(error.text(), code=error.code))
        else:
            cleaned["price"] = price

    def _rate(self, currency: str) -> Decimal:
        """Kronor for one: the line's own rate while it keeps its currency, else the newest."""
        if self.line and self.line.currency == currency and self.line.rate:
            return self.line.rate
        rate = self.choices.rates.get(currency)
        return rate.rate if rate else Decimal(1)

    def values(self) -> dict[str, Any]:
        """What the action saves. Only of a valid form."""
        cleaned = self.cleaned_data
        names = ("project_year", "party_id", "activity", "description", "persons", "quantity")
        cost_type = self.choices.cost_types[cleaned["cost_type_id"]]
        return {
            **{name: cleaned[name] for name in names},
            "persons": cleaned["persons"] if cost_type.is_pay else 1,
            "cost_type": cost_type,
            "unit": cleaned["unit"],
            "currency": cleaned["currency"],
            "price": cleaned["price"],
        }


class ReasonForm(GuardedForm):
    """Why the budget departs from what is asked for, where a rule takes a reason."""

    guideline_reason = ProseField(
        label=_("Why do you ask for more than the guideline amount?"),
        required=False,
        limit=2000,
        help_text=_("ICLD must accept the reason to grant more. At most 2 000 characters."),
    )
    visits_reason = ProseField(
        label=_("Why are there fewer exchange visits?"),
        required=False,
        limit=2000,
        help_text=_("For example that part of them is paid otherwise. At most 2 000 characters."),
    )

    def __init__(self, application: Application, data=None) -> None:
        saved = field_values(application, REASON_FIELDS)
        super().__init__(data, saved=saved, initial=saved)


def _as_typed(line: BudgetLine) -> dict[str, Any]:
    """The line's values the way a person writes them; nothing where there is nothing yet."""
    values = line_values(line)
    price = values.pop("price")
    written = quantity(price) if isinstance(price, Decimal) else number(price)
    return values | {
        "quantity": values["quantity"] or "",
        "unit_price": written if price else "",
    }


def _with(choices: Choices, value: Any) -> Choices:
    """The choices and, if they lack it, the value that a line has already."""
    known = {key for key, _label in choices}
    return choices if value in known or not value else [*choices, (value, str(value))]
