from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """The officers' state of a case; applicants never see it."""

    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("Screening")
    ASSESSMENT = "assessment", _("Assessment")
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    DEFERRED = "deferred", _("Postponed")
    RELEASED = "released", _("Released")


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


class Outcome(models.TextChoices):
    """What was decided. The same words as the application states that release sets."""

    GRANTED = "granted", _("Granted in full")
    PARTLY_GRANTED = "partly_granted", _("Granted in part")
    REJECTED = "rejected", _("Rejected")


GRANTING = frozenset({Outcome.GRANTED, Outcome.PARTLY_GRANTED})
