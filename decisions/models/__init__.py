from decisions.models.cases import Assessment, Case, Proposal
from decisions.models.decisions import Decision, Letter, LetterText
from decisions.models.views import SavedView

__all__ = [
    "Assessment",
    "Case",
    "Decision",
    "Letter",
    "LetterText",
    "Proposal",
    "SavedView",
]
