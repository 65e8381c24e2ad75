from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    """What the applicant may know. The officers' own state is kept one floor up."""

    DRAFT = "draft", _("Draft")
    LAPSED = "lapsed", _("Not submitted in time")
    SUBMITTED = "submitted", _("Received")
    COMPLETING = "completing", _("Completion requested")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    GRANTED = "granted", _("Granted")
    PARTLY_GRANTED = "partly_granted", _("Granted in part")
    REJECTED = "rejected", _("Rejected")
    DISMISSED = "dismissed", _("Dismissed")
    CLOSED = "closed", pgettext_lazy("application", "Closed")


OUTCOMES = frozenset(
    {
        ApplicationState.GRANTED,
        ApplicationState.PARTLY_GRANTED,
        ApplicationState.REJECTED,
        ApplicationState.DISMISSED,
    }
)

GRANTED_STATES = frozenset({ApplicationState.GRANTED, ApplicationState.PARTLY_GRANTED})

MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.LAPSED}),
    ApplicationState.LAPSED: frozenset(),
    ApplicationState.SUBMITTED: frozenset(
        {
            ApplicationState.SUBMITTED,
            ApplicationState.COMPLETING,
            ApplicationState.WITHDRAWN,
            *OUTCOMES,
        }
    ),
    ApplicationState.COMPLETING: frozenset(
        {ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, *OUTCOMES}
    ),
    ApplicationState.WITHDRAWN: frozenset({ApplicationState.CLOSED}),
    ApplicationState.GRANTED: frozenset({ApplicationState.CLOSED}),
    ApplicationState.PARTLY_GRANTED: frozenset({ApplicationState.CLOSED}),
    ApplicationState.REJECTED: frozenset({ApplicationState.CLOSED}),
    ApplicationState.DISMISSED: frozenset({ApplicationState.CLOSED}),
    ApplicationState.CLOSED: frozenset(),
}
"""Every legal move of an application; everything else is refused."""

UNSUBMITTED = frozenset({ApplicationState.DRAFT, ApplicationState.LAPSED})
"""States in which officers see nothing of the case."""

WRITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.SUBMITTED})
"""States in which the parties may write, while the round is open."""


PENDING = frozenset(
    {ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.COMPLETING}
)
"""States in which an application is still to be answered."""


class Season(models.TextChoices):
    SPRING = "spring", _("Spring")
    AUTUMN = "autumn", _("Autumn")


class RoundState(models.TextChoices):
    """Computed from the clock, never stored."""

    UPCOMING = "upcoming", _("Upcoming")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Audience(models.TextChoices):
    ALL = "all", _("Everybody with the case")
    STAFF = "staff", _("ICLD only")


class FormStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class LimitUnit(models.TextChoices):
    WORDS = "words", _("words")
    CHARACTERS = "characters", _("characters")


class AskedIn(models.TextChoices):
    """Which languages a question is asked for in."""

    BOTH = "both", _("Swedish and English")
    ANY = "any", _("Swedish or English")


class SubmissionKind(models.TextChoices):
    ORIGINAL = "original", _("Submitted in time")
    COMPLETION = "completion", _("Completion")
    LATE = "late", _("Submitted late")
