"""Corrected wordings on a section's page: `{% load corrections %}`."""

from collections.abc import Sequence

from django import template

from applications.documents.corrections import Corrected, corrected_in
from applications.models import Application, FormSection

register = template.Library()


@register.simple_tag
def corrected(application: Application, section: FormSection) -> Sequence[Corrected]:
    """`{% corrected application section as rows %}`: no query, they came with the application."""
    return corrected_in(application, section)
