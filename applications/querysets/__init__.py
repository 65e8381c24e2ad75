"""Which rows a person or a moment may see: the second shape of the rules."""

from applications.querysets.beside import (
    REMINDED,
    AttachmentQuerySet,
    EventQuerySet,
    PromiseQuerySet,
    PublishedAnswerQuerySet,
)
from applications.querysets.cases import ApplicationQuerySet
from applications.querysets.late import LateEntryQuerySet
from applications.querysets.rounds import RoundQuerySet
from applications.querysets.submissions import GivenOutQuerySet, SubmissionQuerySet

__all__ = [
    "REMINDED",
    "ApplicationQuerySet",
    "AttachmentQuerySet",
    "EventQuerySet",
    "GivenOutQuerySet",
    "LateEntryQuerySet",
    "PromiseQuerySet",
    "PublishedAnswerQuerySet",
    "RoundQuerySet",
    "SubmissionQuerySet",
]
