"""Page forms that know which saved values they were filled with.

A page carries `was`, the fingerprint of the saved values it showed, and a mark of each field. The
action refuses with `StaleForm` when they have changed since. Fields that only one of the two has
changed are then put together (`put_together`); for the rest the page keeps what was typed, shows
what stands saved beside it (`differences`), and carries the new `was` so that one may save again.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.fingerprints import fingerprint
from applications.forms.three_ways import (
    BothChanged,
    Value,
    filled,
    mark_of,
    merged,
    pack,
    put,
    typed,
    unpack,
)
from icld_portal.formats import day

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Difference:
    """A field whose saved value is no longer the typed one; `target` is the field's id."""

    label: str
    saved: str
    typed: str
    target: str


class GuardedForm(forms.Form):
    """A form over saved values. `saved` is what the action takes the fingerprint of."""

    mark_optional = False
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, saved: Any, **options) -> None:
        super().__init__(data, **options)
        page = fingerprint(saved)
        self.initial["was"] = lambda: f"{page}.{pack(self._marks())}"
        self.differences: list[Difference] = []

    @property
    def seen(self) -> str:
        """The fingerprint that the page was filled with. Only of a valid form."""
        return self.cleaned_data["was"].partition(".")[0]

    def compare_with(self, fresh: "GuardedForm") -> None:
        """Tell what differs from a form filled anew, and guard against its values from now on."""
        self.data = self.data.copy()
        put(self.data, self["was"], fresh["was"].initial)
        self.differences = [
            _difference(field, fresh[field.name])
            for field in self.visible_fields()
            if field.field.has_changed(fresh[field.name].initial, field.data)
        ]

    def put_together(self, fresh: "GuardedForm") -> tuple[QueryDict, list[Difference]]:
        """What to post over a form filled anew: fields that one of the two left alone have the
        other's value. Those that both have changed stay as typed, and are told. Of a valid form."""
        data = self.data.copy()
        put(data, self["was"], fresh["was"].initial)
        marks = unpack(self.cleaned_data["was"].partition(".")[2])
        differences = []
        for field in self.visible_fields():
            if field.name in fresh.fields:
                saved = fresh[field.name]
                try:
                    put(data, field, merged(marks.get(field.name), typed(field), filled(saved)))
                except BothChanged:
                    differences.append(_difference(field, saved))
        return data, differences

    def _marks(self) -> dict[str, Value]:
        return {field.name: mark_of(filled(field)) for field in self.visible_fields()}

    def freeze(self) -> None:
        """Show the values without letting anybody change them."""
        for field in self.fields.values():
            field.disabled = True


class LineField(forms.CharField):
    """Text on one line: letters, lists and PDFs show it where there is room for one.

    Line breaks, tabs and other control characters, which come with pasted text, become spaces.
    """

    def to_python(self, value: Any) -> str:
        return super().to_python(CONTROLS.sub(" ", str(value)) if value else value)


class ProseField(forms.CharField):
    """Running text of at most `limit` characters, counted as they are stored.

    The browser is not told the limit: it would cut a pasted text without a word.
    """

    def __init__(self, *, limit: int, rows: int = 5, **options) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        options.setdefault("validators", [MaxLengthValidator(limit)])
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or typed as 2027-09-01."""

    default_error_messages = {"invalid": _("Write the day as year-month-day: 2027-09-01.")}

    def __init__(self, **options) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "is-short"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


def _difference(field: forms.BoundField, saved: forms.BoundField) -> Difference:
    return Difference(_name(field), shown(saved), shown(field), _target(field))


def _name(field: forms.BoundField) -> str:
    """The label; where a page has several fields of one label, `long_label` tells them apart."""
    return str(getattr(field.field, "long_label", field.label))


def shown(field: forms.BoundField) -> str:
    """A field's value as a person would say it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return gettext("Yes") if field.field.to_python(value) else gettext("No")
    if hasattr(field.field, "choices"):
        return _labels(field, value)
    if isinstance(value, date):
        return day(value)
    return str(value) if value not in (None, "") else gettext("(empty)")


def _labels(field: forms.BoundField, value: Any) -> str:
    chosen = value if isinstance(value, (list, tuple)) else [value]
    keys = {str(key) for key in chosen if key not in (None, "")}
    choices = flatten_choices(field.field.choices)
    labels = [str(label) for key, label in choices if str(key) in keys]
    return ", ".join(labels) or gettext("(empty)")


def _target(field: forms.BoundField) -> str:
    return field.id_for_label or field.auto_id
