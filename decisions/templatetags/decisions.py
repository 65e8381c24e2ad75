"""Small helps for pages and letters about cases: `{% load decisions %}`."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from applications.states import ApplicationState
from decisions.amounts import Amounts
from decisions.states import GRANTING, CaseState, Outcome

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
    """A case's state in words, or that it has been withdrawn."""
    return (CaseState(state) if state in CaseState.values else ApplicationState(state)).label


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
def frozen_title(row) -> str:
    """The title of a row of the queue as it was handed in, in the active language if it has one."""
    first, second = row.latest_title_sv, row.latest_title_en
    return (second or first) if get_language() == "en" else (first or second)


@register.filter
def of_year(amounts: Amounts, number: int) -> int:
    """The kronor of one project year."""
    return amounts.year_sek(number)
