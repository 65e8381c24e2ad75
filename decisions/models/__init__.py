from decisions.models.cases import Assessment, Case, Proposal
from decisions.models.decisions import Decision, Letter, LetterText

__all__ = [
    "Assessment",
    "Case",
    "Decision",
    "Letter",
    "LetterText",
    "Proposal",
]
