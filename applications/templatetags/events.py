"""What an event keeps as plain text, made into values again: `{% load events %}`."""

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def from_iso(text: str) -> datetime:
    """A moment that was kept as ISO 8601."""
    return datetime.fromisoformat(text)
