"""A field that two people had on their pages: as it was, as one typed it, as it stands now.

A value is a text, or a list of texts where there are several ticks. Of what a page was filled with
only marks are carried along: a text's fingerprint, or the list itself.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from applications.fingerprints import fingerprint

Value = str | list[str]
_READ = (forms.CharField, forms.BooleanField, forms.DateField)
"""Fields whose typed text may look otherwise than the saved and mean the same."""


class BothChanged(Exception):
    """Two people have given a field different values."""


def merged(mark: Value | None, typed: Value, saved: Value) -> Value:
    """The value when two have changed a field that was filled with what `mark` stands for.

    Whoever has left it alone gives way, and ticks are taken one by one. Without a mark both count
    as changed. Raises `BothChanged`.
    """
    if typed == saved or mark == mark_of(saved):
        return typed
    if mark == mark_of(typed):
        return saved
    if isinstance(mark, list) and isinstance(typed, list) and isinstance(saved, list):
        ticked, cleared = set(typed) - set(mark), set(mark) - set(typed)
        return sorted((set(saved) | ticked) - cleared)
    raise BothChanged


def mark_of(value: Value) -> Value:
    return value if isinstance(value, list) else fingerprint(value)


def filled(field: forms.BoundField) -> Value:
    """What the page shows in a field before anybody types."""
    return _value(field, field.initial)


def typed(field: forms.BoundField) -> Value:
    """What came back in it; as it is when it is not one of the field's values."""
    if isinstance(field.field, _READ):
        try:
            return _value(field, field.field.to_python(field.data))
        except ValidationError:
            return str(field.data)
    return _value(field, field.data)


def put(data, field: forms.BoundField, value: Value) -> None:
    """Write a value where a browser would have."""
    if isinstance(value, list):
        data.setlist(field.html_name, value)
    elif isinstance(field.field, forms.BooleanField) and value != str(True):
        data.pop(field.html_name, None)
    else:
        data[field.html_name] = value


def pack(marks: Mapping[str, Value]) -> str:
    """Marks by field, as one word without quotes."""
    return urlsafe_b64encode(json.dumps(marks, separators=(",", ":")).encode()).decode()


def unpack(word: str) -> dict[str, Value]:
    """None of them for a word that is no marks: it comes from outside."""
    try:
        found = json.loads(urlsafe_b64decode(word.encode()))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _value(field: forms.BoundField, value: Any) -> Value:
    if isinstance(value, (list, tuple, set)):
        return sorted(map(str, value))
    prepared = field.field.prepare_value(value)
    return "" if prepared is None else str(prepared)
