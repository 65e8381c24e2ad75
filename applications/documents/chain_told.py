"""The frozen earlier case, training and other grants in words. Reads no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, pgettext

from applications.phase_chain import Asked
from applications.states import Training
from funding.states import Phase
from icld_portal.formats import period

Told = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ChainTold:
    """`facts` stand on a line, `texts` are running text; each with what it is called."""

    facts: Told
    texts: Told


def chain_told_of(content: Mapping[str, Any]) -> ChainTold | None:
    """None for a copy whose form did not ask, or that says nothing."""
    chain = content.get("chain")
    if not chain:
        return None
    facts, texts = [], []
    if Asked.EARLIER in chain["asked"]:
        told = _case(chain["builds_on"]) if chain["builds_on"] else gettext("No case in the portal")
        facts.append((gettext("Builds on"), told))
        reason = content["no_preparation_reason"]
        texts.append((_reason_label(content["phase"]), reason))
    if Asked.TRAINING in chain["asked"] and chain["training"]:
        facts.append((gettext("ICLD's training"), _training(chain)))
    if chain["has_other_grants"] is not None:
        facts.append((gettext("Other grants for the same work"), _yes_or_no(chain)))
        texts.append((gettext("Which other grants"), chain["other_grants"]))
    told = ChainTold(facts, [(term, text) for term, text in texts if text.strip()])
    return told if told.facts or told.texts else None


def _case(row: Mapping[str, Any]) -> str:
    first, second = row["title_sv"], row["title_en"]
    title = (second or first) if get_language() == "en" else (first or second)
    parts = [row["dnr"], Phase(row["phase"]).label, title]
    if row["starts_on"] and row["ends_on"]:
        parts.append(period(*map(date.fromisoformat, (row["starts_on"], row["ends_on"]))))
    return " · ".join(str(part) for part in parts if part)


def _reason_label(phase: str) -> str:
    if phase == Phase.PROJECT:
        return gettext("Why without an inception first")
    return gettext("Why it builds on no case in the portal")


def _training(chain: Mapping[str, Any]) -> str:
    label = str(Training(chain["training"]).label)
    return f"{label}: {chain['training_note']}" if chain["training_note"] else label


def _yes_or_no(chain: Mapping[str, Any]) -> str:
    return pgettext("grants", "Yes") if chain["has_other_grants"] else pgettext("grants", "No")
