"""The amount of every line of a budget, to be kept or reduced."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from applications.forms.guarded import GuardedForm
from decisions.amounts import Amounts, Asked, AskedLine, line_refusals
from decisions.refusals import line_named
from decisions.states import Outcome
from funding.forms.fields import KronorField


def field_of(key: UUID | str) -> str:
    """The name of a line's field."""
    return f"line_{key}"


class ReducingForm(GuardedForm):
    """A form with an outcome, and one amount for each line that was asked for.

    The fields begin with `amounts`, where that knows the line, else with what was asked for.
    """

    def __init__(self, data=None, *, asked: Asked, amounts: Amounts | None, **options) -> None:
        super().__init__(data, **options)
        self.asked = asked
        begun = amounts.by_key if amounts else {}
        for line in asked.lines:
            amount_sek = min(begun.get(line.key, line.amount_sek), line.amount_sek)
            self.fields[field_of(line.key)] = _line_field(line, amount_sek)
        self.order_fields(["outcome", *(field_of(line.key) for line in asked.lines)])

    def clean(self) -> dict:
        data = super().clean()
        if data.get("outcome") != Outcome.REJECTED:
            for name in self._empty():
                self.add_error(name, gettext("Write an amount, or 0."))
            for refusal in line_refusals(self.asked, self._typed()):
                name = field_of(refusal.figures["line_key"])
                self.add_error(name, ValidationError(refusal.reason(), code=refusal.code))
        return data

    @property
    def inputs(self) -> Mapping[UUID, forms.BoundField]:
        """The field of each line, by its key."""
        return {line.key: self[field_of(line.key)] for line in self.asked.lines}

    @property
    def amounts(self) -> dict[UUID, int]:
        """Kronor by key for the lines that are reduced; of a valid form."""
        asked = self.asked.amounts.by_key
        typed = self._typed().items()
        return {key: amount_sek for key, amount_sek in typed if amount_sek != asked[key]}

    @property
    def shown(self) -> Amounts:
        """What the form says as it stands, for the sums beside the fields: nothing for a
        rejection, and 0 for what is no amount."""
        rejected = self["outcome"].value() == Outcome.REJECTED
        return Amounts.of(
            (line.key, line.year, 0 if rejected else _read(self[field_of(line.key)]))
            for line in self.asked.lines
        )

    def _empty(self) -> Iterable[str]:
        names = (field_of(line.key) for line in self.asked.lines)
        return [name for name in names if self.cleaned_data.get(name, "") is None]

    def _typed(self) -> dict[UUID, int]:
        found = {line.key: self.cleaned_data.get(field_of(line.key)) for line in self.asked.lines}
        return {key: amount_sek for key, amount_sek in found.items() if amount_sek is not None}


def _line_field(line: AskedLine, amount_sek: int) -> KronorField:
    label = line_named(line.year, line.name)
    attrs = {
        "class": "line-amount r",
        "inputmode": "numeric",
        "autocomplete": "off",
        "data-asked": line.amount_sek,
    }
    widget = forms.TextInput(attrs=attrs)
    return KronorField(label=label, initial=amount_sek, required=False, widget=widget)


def _read(field: forms.BoundField) -> int:
    try:
        return field.field.to_python(field.value()) or 0
    except ValidationError:
        return 0
