"""What another page proposes for a new application, carried in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from applications.completeness import MAX_YEARS
from applications.forms.calculator import NAMES
from funding.periods import started_years
from icld_portal.formats import period


class ProposedDayField(forms.DateField):
    """A day that is carried along unseen. What is no day is none, without a word."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def clean(self, value: Any) -> date | None:
        try:
            return super().clean(value)
        except ValidationError:
            return None


@dataclass(frozen=True)
class Proposal:
    """The part of what was proposed that can be had; the rest is left out."""

    phase: str
    country: str
    dates: Mapping[str, date]
    words: str

    def initial(self) -> dict[str, Any]:
        named = {"phase": self.phase, "country": self.country}
        return {name: value for name, value in named.items() if value} | self.dates


def read_proposal(
    proposed: Mapping[str, str], phases: Mapping[str, Any], countries: Mapping[str, str]
) -> Proposal:
    """`phases` and `countries` are those on offer: their labels by their key or code."""
    phase = _among(proposed.get(NAMES["phase"]), phases)
    country = _among(proposed.get(NAMES["country"]), countries)
    days = [
        ProposedDayField().clean(proposed.get(NAMES[name])) for name in ("starts_on", "ends_on")
    ]
    dates = sane_period(*days)
    told = [phase and phases[phase], country and countries[country], dates and period(*days)]
    words = " · ".join(str(each) for each in told if each)
    return Proposal(phase, country, dates, words)


def sane_period(starts_on: date | None, ends_on: date | None) -> dict[str, date]:
    """The two days by their names, or nothing unless they make a period one may save."""
    if not (starts_on and ends_on) or ends_on < starts_on:
        return {}
    if started_years(starts_on, ends_on) > MAX_YEARS:
        return {}
    return {"starts_on": starts_on, "ends_on": ends_on}


def _among(value: str | None, offered: Mapping[str, Any]) -> str:
    return value if value and value in offered else ""
