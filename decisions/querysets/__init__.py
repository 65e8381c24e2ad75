from decisions.querysets.cases import CaseQuerySet, ProposalQuerySet, lagging, versions_of
from decisions.querysets.letters import LetterQuerySet
from decisions.querysets.queue import DISMISSED, ENDED, WITHDRAWN

__all__ = [
    "DISMISSED",
    "ENDED",
    "WITHDRAWN",
    "CaseQuerySet",
    "LetterQuerySet",
    "ProposalQuerySet",
    "lagging",
    "versions_of",
]
