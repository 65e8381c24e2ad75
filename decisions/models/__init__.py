from decisions.models.assessments import Assessment, Score
from decisions.models.cases import Case, Proposal
from decisions.models.criteria import CriteriaSet, Criterion, RoundCriteria
from decisions.models.decisions import Decision, Letter, LetterText
from decisions.models.views import SavedView

__all__ = [
    "Assessment",
    "Case",
    "CriteriaSet",
    "Criterion",
    "Decision",
    "Letter",
    "LetterText",
    "Proposal",
    "RoundCriteria",
    "SavedView",
    "Score",
]
