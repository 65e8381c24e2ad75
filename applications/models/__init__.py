from applications.models.answers import Answer, AnswerVersion
from applications.models.applications import (
    Application,
    ApplicationCoreArea,
    ApplicationGoal,
    ApplicationParty,
)
from applications.models.attachments import Attachment, AttachmentPromise, Upload
from applications.models.catalogue import Area, CoreArea, GlobalGoal
from applications.models.conversations import Comment, Enquiry, PublishedAnswer
from applications.models.events import CaseMessage, Event
from applications.models.forms import (
    FormSection,
    FormVersion,
    Question,
    RequestedAttachment,
    WordingCorrection,
)
from applications.models.late import LateEntry
from applications.models.occasions import RoundOccasion
from applications.models.rounds import Round, RoundExtension, RoundPhase
from applications.models.signing import Signatory, Signature, SignatureRequest
from applications.models.submissions import DiaryCounter, GivenOut, Submission, SubmissionPdf
from applications.models.tables import (
    Activity,
    Anchoring,
    Indicator,
    Objective,
    OtherActor,
    Risk,
    Row,
    TeamMember,
    Visit,
)

__all__ = [
    "Activity",
    "Anchoring",
    "Answer",
    "AnswerVersion",
    "Application",
    "ApplicationCoreArea",
    "ApplicationGoal",
    "ApplicationParty",
    "Area",
    "Attachment",
    "AttachmentPromise",
    "CaseMessage",
    "Comment",
    "CoreArea",
    "DiaryCounter",
    "Enquiry",
    "Event",
    "FormSection",
    "FormVersion",
    "GivenOut",
    "GlobalGoal",
    "Indicator",
    "LateEntry",
    "Objective",
    "OtherActor",
    "PublishedAnswer",
    "Question",
    "RequestedAttachment",
    "Risk",
    "Round",
    "RoundExtension",
    "RoundOccasion",
    "RoundPhase",
    "Row",
    "Signatory",
    "Signature",
    "SignatureRequest",
    "Submission",
    "SubmissionPdf",
    "TeamMember",
    "Upload",
    "Visit",
    "WordingCorrection",
]
