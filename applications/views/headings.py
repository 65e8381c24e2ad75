"""What an application is called: its title, phase, parties and period, from its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from funding.states import Phase
from icld_portal.formats import period
from partnerships.states import Side


@dataclass(frozen=True)
class Heading:
    """`language` is the title's own, when it differs from the page's; otherwise empty."""

    title: str
    language: str
    phase: Any
    parties: str
    period: str


def heading_of(content: Mapping[str, Any], untitled: str) -> Heading:
    """From a snapshot's or a submission's content; `untitled` stands in for a missing title."""
    first, second = ("en", "sv") if get_language() == "en" else ("sv", "en")
    titles = content["titles"]
    language = first if titles[first] or not titles[second] else second
    return Heading(
        title=titles[language] or untitled,
        language="" if language == first else language,
        phase=Phase(content["phase"]).label,
        parties=_parties(content["parties"]),
        period=_period(content["period"]),
    )


def _parties(rows: list[Mapping[str, Any]]) -> str:
    names = [_party(row) for row in rows]
    if all(row["side"] == Side.SWEDISH for row in rows):
        names.append(gettext("no partner yet"))
    return gettext("%(others)s and %(last)s") % {
        "others": ", ".join(names[:-1]),
        "last": names[-1],
    }


def _party(row: Mapping[str, Any]) -> str:
    if row["side"] == Side.SWEDISH:
        return row["name"]
    country = row["country_en"] if get_language() == "en" else row["country_sv"]
    return f"{row['name']}, {country}"


def _period(row: Mapping[str, Any]) -> str:
    if not row["years"]:
        return ""
    return period(date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
