"""Showing a frozen submission: `{% load submissions %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

from applications.documents.reading import Reading, read

register = template.Library()


@register.simple_tag
def reading(content: Mapping[str, Any]) -> Reading:
    """A submission's `data` worded in the active language: `{% reading content as shown %}`."""
    return read(content)
