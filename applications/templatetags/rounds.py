"""Rounds in templates: `{% load rounds %}`."""

from datetime import datetime

from django import template

from applications.documents import round_facts
from applications.models import Application, RoundExtension

register = template.Library()

for _name in ("extension_told", "facts", "span", "title"):
    register.filter(f"round_{_name}", getattr(round_facts, _name))


@register.simple_tag
def extension_of(application: Application) -> RoundExtension | None:
    """The newest extension of its round. No query: it came with the application."""
    for row in application.extension_rows:
        moments = ("old_closes_at", "new_closes_at", "at")
        return RoundExtension(**row | {name: datetime.fromisoformat(row[name]) for name in moments})
    return None
