"""What the form's pages say of writing together: `{% load together %}`."""

from typing import Any

from django import template

from applications.documents.threads import counts_at, open_in
from applications.models import Application
from applications.views.standing import recalled

register = template.Library()
register.simple_tag(counts_at)
register.simple_tag(open_in)


@register.simple_tag(takes_context=True)
def standing_of(context: dict[str, Any], application: Application):
    """What is left, where that is known without asking the database: `{% standing_of x as y %}`."""
    section = getattr(context.get("section"), "key", "")
    return recalled(application, context["request"].user, section)
