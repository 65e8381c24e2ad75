"""How figures become words: shared by the steps of a ceiling and the findings of a budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from funding.states import Phase
from icld_portal.formats import day, kronor, percent, percent_exact
from partnerships.states import Region

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Text = str | Promise | "Bilingual"


@dataclass(frozen=True)
class Bilingual:
    """A text kept as data in both languages; written in the active one."""

    sv: str
    en: str

    def __str__(self) -> str:
        return (self.en if get_language() == "en" else self.sv) or self.sv or self.en


LABELS = {"phase": dict(Phase.choices), "region": dict(Region.choices)}


def worded(message: "Text", figures: Mapping[str, Any]) -> str:
    """The message in the active language with its figures filled in.

    Figures are plain values; their names say how they are written: `…_sek` as kronor, `…_share`
    (a Decimal, 0.5) in per cent, `limit_share` without rounding, `phase` and `region` by their
    labels, `regions` as a list of them. Dates are written as days. Anything else is written as it
    is.
    """
    return str(message % {name: _written(name, value) for name, value in figures.items()})


def _written(name: str, value: Any) -> Any:
    if name.endswith("_sek"):
        return kronor(value)
    if name == "limit_share":
        return percent_exact(value * 100)
    if name.endswith("_share"):
        return percent(value, 1)
    if isinstance(value, date):
        return day(value)
    if name == "regions":
        return ", ".join(_written("region", region) for region in value)
    return str(LABELS[name].get(value, value)) if name in LABELS else value
