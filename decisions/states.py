from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.states import ApplicationState


class CaseState(models.TextChoices):
    """The officers' state of a case; applicants never see it."""

    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("Screening")
    ASSESSMENT = "assessment", _("Assessment")
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    DEFERRED = "deferred", _("Postponed")
    RELEASED = "released", _("Released")


class CaseFlag(models.TextChoices):
    """What makes a case one to look at; read off its newest submission."""

    LATE = "late", _("Came late or beside the portal")
    PAPERS = "papers", _("Stands in its papers")
    MIXED_REGIONS = "mixed_regions", _("Partners in several regions")
    PART_YEAR = "part_year", _("The last year is not a whole one")
    OVER_GUIDELINE = "over_guideline", _("Over the guideline amount")
    NO_INCEPTION = "no_inception", _("No inception before the project")
    VACANT_SEAT = "vacant_seat", _("Vacant seat in the steering group")


MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.RECEIVED: frozenset({CaseState.SCREENING, CaseState.ASSESSMENT}),
    CaseState.SCREENING: frozenset({CaseState.ASSESSMENT}),
    CaseState.ASSESSMENT: frozenset({CaseState.ASSESSMENT, CaseState.PROPOSED}),
    CaseState.PROPOSED: frozenset(
        {CaseState.ASSESSMENT, CaseState.PROPOSED, CaseState.DECIDED, CaseState.DEFERRED}
    ),
    CaseState.DECIDED: frozenset({CaseState.RELEASED}),
    CaseState.DEFERRED: frozenset({CaseState.ASSESSMENT, CaseState.PROPOSED, CaseState.DECIDED}),
    CaseState.RELEASED: frozenset(),
}
"""Every legal move of a case; everything else is refused."""


def label_of(shown_state: str):
    """A case's state in words, or that it has been withdrawn or dismissed."""
    known = shown_state in CaseState.values
    return (CaseState(shown_state) if known else ApplicationState(shown_state)).label


class CriteriaStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class AssessmentKind(models.TextChoices):
    OWN = "own", _("Own")
    JOINT = "joint", _("Joint")


class Outcome(models.TextChoices):
    """What was decided. The same words as the application states that release sets."""

    GRANTED = "granted", _("Granted in full")
    PARTLY_GRANTED = "partly_granted", _("Granted in part")
    REJECTED = "rejected", _("Rejected")


GRANTING = frozenset({Outcome.GRANTED, Outcome.PARTLY_GRANTED})
