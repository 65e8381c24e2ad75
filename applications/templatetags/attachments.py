"""Files in words: `{% load attachments %}`."""

from datetime import date

from django import template

from applications.files.kinds import BY_TYPE
from applications.states import AttachmentKind

register = template.Library()


@register.filter
def file_type(content_type: str) -> str:
    """ "PDF", "Word"."""
    kind = BY_TYPE.get(content_type)
    return kind.label if kind else content_type


@register.filter
def attachment_kind(kind: str) -> str:
    """ "Extract of minutes", in the active language."""
    return str(AttachmentKind(kind).label)


@register.filter
def from_iso_day(text: str) -> date:
    """A day that was kept as ISO 8601."""
    return date.fromisoformat(text)
