from applications.models.answers import Answer, AnswerVersion
from applications.models.applications import (
    Application,
    ApplicationCoreArea,
    ApplicationParty,
)
from applications.models.catalogue import Area, CoreArea, GlobalGoal
from applications.models.events import CaseMessage, Event
from applications.models.forms import FormVersion, Question
from applications.models.rounds import Round, RoundPhase
from applications.models.submissions import DiaryCounter, Submission, SubmissionPdf

__all__ = [
    "Answer",
    "AnswerVersion",
    "Application",
    "ApplicationCoreArea",
    "ApplicationParty",
    "Area",
    "CaseMessage",
    "CoreArea",
    "DiaryCounter",
    "Event",
    "FormVersion",
    "GlobalGoal",
    "Question",
    "Round",
    "RoundPhase",
    "Submission",
    "SubmissionPdf",
]
