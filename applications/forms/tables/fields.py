"""Cells of a row: text on a line, running text, numbers, and choices that all rows share."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import CONTROLS, DayField, LineField
from applications.forms.selects import SharedSelect
from applications.models.tables import MODELS
from applications.row_columns import COLUMNS, LONGEST
from applications.texts.typed import clean

WIDE, HALF, SHORT = "wide", "half", "short"
"""How much of a card's width a cell takes."""

MOST_TRAVELLERS = 999


def label(kind: str, column: str) -> Any:
    """The column's own name, so that the form, the public questions and files say the same."""
    return capfirst(MODELS[kind]._meta.get_field(column).verbose_name)


class Line(LineField):
    """Text on one line, held to what can be kept. The browser is not told: it would cut a paste."""

    def __init__(self, *, limit: int, width: str = HALF, **options) -> None:
        super().__init__(required=False, validators=[MaxLengthValidator(limit)], **options)
        self.width = width


class Prose(forms.CharField):
    """Running text. A longer one than `limit` is saved, counted and asked to be shortened."""

    def __init__(self, *, kind: str, column: str, rows: int = 3, **options) -> None:
        self.limit, self.width = COLUMNS[kind].prose[column], WIDE
        widget = forms.Textarea(attrs={"rows": rows, "data-most": self.limit})
        too_long = MaxLengthValidator(
            LONGEST, _("At most %(limit_value)s characters can be kept here. Shorten the text.")
        )
        options.setdefault("label", label(kind, column))
        super().__init__(required=False, widget=widget, validators=[too_long], **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(clean(str(value)) if value else value)


class Address(forms.EmailField):
    def __init__(self, **options) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs.pop("maxlength", None)
        self.width = HALF

    def to_python(self, value: Any) -> str:
        return super().to_python(CONTROLS.sub("", str(value)) if value else value)


class Day(DayField):
    width = SHORT

    def __init__(self, **options) -> None:
        super().__init__(required=False, **options)


class Whole(forms.IntegerField):
    """A number of persons, in digits."""

    width = SHORT

    def __init__(self, **options) -> None:
        super().__init__(
            required=False,
            validators=[MinValueValidator(1), MaxValueValidator(MOST_TRAVELLERS)],
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "is-short"}
            ),
            error_messages={"invalid": _("Write the number of persons in digits.")},
            **options,
        )


class Choice(forms.TypedChoiceField):
    """One of what all rows choose from. `empty` is what no choice means."""

    def __init__(
        self, *, empty: Any, coerce: Any = int, width: str = HALF, gone: Any = "", **options
    ) -> None:
        message = gone or _("Choose one of those listed.")
        super().__init__(
            required=False,
            coerce=coerce,
            empty_value=None if coerce is int else "",
            widget=SharedSelect,
            error_messages={"invalid_choice": message},
            **options,
        )
        self.empty, self.width = empty, width


class Tick(forms.BooleanField):
    width = WIDE

    def __init__(self, **options) -> None:
        super().__init__(required=False, **options)
