"""Small helps for pages and letters about cases: `{% load decisions %}`."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from decisions.amounts import Amounts
from decisions.queue_columns import Column
from decisions.states import GRANTING, CaseState, Outcome, label_of

register = template.Library()

TONES = {
    CaseState.RECEIVED: "care",
    CaseState.SCREENING: "live",
    CaseState.ASSESSMENT: "live",
    CaseState.PROPOSED: "live",
    CaseState.DEFERRED: "care",
    CaseState.RELEASED: "good",
}
"""How a case's state is coloured; the word is always there too."""


@register.filter
def case_label(state: str) -> str:
    """A case's state in words, or that it has been withdrawn or dismissed."""
    return label_of(state)


@register.filter
def case_tone(state: str) -> str:
    """The chip tone of a case's state."""
    return TONES.get(state, "")


@register.filter
def country_name(party: Mapping[str, str]) -> str:
    """The country of a frozen party, in the active language."""
    return party["country_en"] if get_language() == "en" else party["country_sv"]


@register.filter
def outcome_label(outcome: str) -> str:
    """An outcome in words, to stand inside a sentence."""
    return str(Outcome(outcome).label).lower()


@register.filter
def outcome_tone(outcome: str) -> str:
    """The chip tone of an outcome."""
    return "good" if outcome in GRANTING else "stop"


@register.filter
def next_order(column: Column, order: str) -> str:
    """What a click on a column's heading sorts by: the column, or the same backwards."""
    return f"-{column.key}" if order == column.key else column.key


@register.filter
def sorted_as(column: Column, order: str) -> str:
    """How the queue is sorted by the column, as `aria-sort` wants it; empty when by another."""
    if order.removeprefix("-") != column.key:
        return ""
    return "descending" if order.startswith("-") else "ascending"


@register.filter
def of_year(amounts: Amounts, number: int) -> int:
    """The kronor of one project year."""
    return amounts.year_sek(number)
