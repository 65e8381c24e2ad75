"""Letter texts and criteria to edit; cases, decisions and letters to look at."""

from decisions.admin.cases import CaseAdmin, DecisionAdmin, LetterAdmin, LetterTextAdmin
from decisions.admin.criteria import CriteriaSetAdmin, RoundCriteriaAdmin

__all__ = [
    "CaseAdmin",
    "CriteriaSetAdmin",
    "DecisionAdmin",
    "LetterAdmin",
    "LetterTextAdmin",
    "RoundCriteriaAdmin",
]
