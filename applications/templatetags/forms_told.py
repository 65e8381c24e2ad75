"""What a changed form means, in the active language: `{% load forms_told %}`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from icld_portal.formats import number

register = template.Library()


@register.filter
def in_words(row: Mapping[str, Any]) -> str:
    """The label of a question as the event keeps it."""
    return row["label_en"] if get_language() == "en" else row["label_sv"]


@register.filter
def changed_fields(row: Mapping[str, Any]) -> list[str]:
    """What is asked differently of one question, a phrase each; wording in the active language."""
    return list(_phrases(row["fields"], "en" if get_language() == "en" else "sv"))


def _phrases(fields: Iterable[Mapping[str, Any]], language: str) -> Iterable[str]:
    changed = {field["name"]: field for field in fields}
    if {"limit", "limit_unit"} & changed.keys():
        yield _limit(changed)
    if required := changed.get("required"):
        yield _("now required") if required["after"] else _("now optional")
    if languages := changed.get("languages"):
        both = languages["after"] == "both"
        yield _("now in both languages") if both else _("now in one language or the other")
    if {"min_rows", "max_rows"} & changed.keys():
        yield _("another number of rows")
    if "kind" in changed:
        yield _("answered in another way")
    if {f"label_{language}", f"help_{language}"} & changed.keys():
        yield _("other wording")


def _limit(changed: Mapping[str, Mapping[str, Any]]) -> str:
    limit, unit = changed.get("limit"), changed.get("limit_unit")
    if limit is None or unit or not (limit["before"] and limit["after"]):
        return _("another limit")
    figures = {"before": number(limit["before"]), "after": number(limit["after"])}
    return _("at most %(after)s, before %(before)s") % figures
