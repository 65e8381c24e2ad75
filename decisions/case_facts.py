"""What the queue shows, sorts and finds a case by, from the frozen content of a submission.

Plain values: the queue of ten thousand cases reads no frozen content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from applications.texts.searching import sought_in
from decisions.amounts import asked_in, over_guideline
from decisions.states import CaseFlag
from funding.ceilings import MIXED_REGIONS, PART_YEAR
from partnerships.states import Side

Content = Mapping[str, Any]


@dataclass(frozen=True)
class CaseFacts:
    """`parties` has name, side and country of each. `sought` is what a search looks through."""

    title_sv: str
    title_en: str
    parties: list[dict[str, str]]
    countries: list[str]
    flags: list[str]
    sought: str


def facts_of(
    content: Content, dnr: str, *, late: bool, more_words: Iterable[str] = ()
) -> CaseFacts:
    """`more_words` find it too: what its parties are and were called elsewhere."""
    parties = [_party(row) for row in content["parties"]]
    abroad = [row for row in content["parties"] if row["side"] != Side.SWEDISH]
    titles = content["titles"]
    words = [dnr, content["own"]["dnr"], *titles.values(), *more_words]
    words += [value for party in parties for value in party.values()]
    return CaseFacts(
        title_sv=titles["sv"],
        title_en=titles["en"],
        parties=parties,
        countries=sorted({row["country"] for row in abroad}),
        flags=sorted(flag.value for flag in _flags(content, late=late)),
        sought=sought_in(words),
    )


def _party(row: Content) -> dict[str, str]:
    return {name: row[name] for name in ("name", "side", "country_sv", "country_en")}


def _flags(content: Content, *, late: bool) -> Iterable[CaseFlag]:
    """What an officer wants to find again among many."""
    told = (content["ceiling"] or {}).get("flags", [])
    asked = asked_in(content)
    if late:
        yield CaseFlag.LATE
    if not asked.years:
        yield CaseFlag.PAPERS
    if MIXED_REGIONS in told:
        yield CaseFlag.MIXED_REGIONS
    if PART_YEAR in told:
        yield CaseFlag.PART_YEAR
    if over_guideline(asked, asked.amounts):
        yield CaseFlag.OVER_GUIDELINE
    if content["needs_preparation_reason"]:
        yield CaseFlag.NO_INCEPTION
    if any(seat["vacancy_reason"] for seat in content["seats"]):
        yield CaseFlag.VACANT_SEAT
