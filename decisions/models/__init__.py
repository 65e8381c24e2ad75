from decisions.models.cases import Assessment, Case, Proposal, ProposedYear
from decisions.models.decisions import Decision, GrantedYear, Letter, LetterText

__all__ = [
    "Assessment",
    "Case",
    "Decision",
    "GrantedYear",
    "Letter",
    "LetterText",
    "Proposal",
    "ProposedYear",
]
