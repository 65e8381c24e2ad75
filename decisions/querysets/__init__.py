from decisions.querysets.assessments import AssessmentQuerySet
from decisions.querysets.cases import CaseQuerySet, ProposalQuerySet, lagging, versions_of
from decisions.querysets.criteria import CriteriaSetQuerySet
from decisions.querysets.letters import LetterQuerySet
from decisions.querysets.queue import DISMISSED, ENDED, WITHDRAWN

__all__ = [
    "DISMISSED",
    "ENDED",
    "WITHDRAWN",
    "AssessmentQuerySet",
    "CaseQuerySet",
    "CriteriaSetQuerySet",
    "LetterQuerySet",
    "ProposalQuerySet",
    "lagging",
    "versions_of",
]
