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
    # When the round is extended after all; late, with a reason.
    ApplicationState.LAPSED: frozenset({ApplicationState.DRAFT, ApplicationState.SUBMITTED}),
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
    # What was dismissed for being late is in time when its round is extended.
    ApplicationState.DISMISSED: frozenset({ApplicationState.SUBMITTED, ApplicationState.CLOSED}),
    ApplicationState.CLOSED: frozenset(),
}
"""Every legal move of an application; everything else is refused."""

ANSWERED = frozenset({*OUTCOMES, ApplicationState.CLOSED})
"""States in which ICLD has told its answer."""

STOPS_EXTENSION = ANSWERED - {ApplicationState.DISMISSED}
"""Answers after which a round is not extended; what was dismissed as late is none to the others."""

UNSUBMITTED = frozenset({ApplicationState.DRAFT, ApplicationState.LAPSED})
"""States in which officers see nothing of the case."""

WRITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.SUBMITTED})
"""States in which the parties may write, while the round is open."""


PENDING = frozenset(
    {ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.COMPLETING}
)
"""States in which an application is still to be answered."""


AWAITED = frozenset({ApplicationState.SUBMITTED, ApplicationState.COMPLETING, *GRANTED_STATES})
"""States in which an attachment that was promised at the submission is still taken."""


GONE = frozenset({ApplicationState.LAPSED, ApplicationState.WITHDRAWN})
"""States in which nobody applies any more."""


ANSWERABLE = frozenset({ApplicationState.SUBMITTED, ApplicationState.COMPLETING})
"""States in which ICLD has it and has not answered: it is signed, and may be withdrawn."""


class Season(models.TextChoices):
    SPRING = "spring", _("Spring")
    AUTUMN = "autumn", _("Autumn")


class RoundKind(models.TextChoices):
    """Regular ones come by the calendar; extra ones once; a rolling one takes what comes during a
    long time and is decided as it comes."""

    REGULAR = "regular", pgettext_lazy("round", "Regular")
    EXTRA = "extra", pgettext_lazy("round", "Extra")
    ROLLING = "rolling", pgettext_lazy("round", "Rolling")


class RoundState(models.TextChoices):
    """Computed from the clock, never stored."""

    UPCOMING = "upcoming", _("Upcoming")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Audience(models.TextChoices):
    ALL = "all", _("Everybody with the case")
    STAFF = "staff", _("ICLD only")


class Doer(models.TextChoices):
    """Who can see to something that is missing."""

    WRITER = "writer", _("Everybody who writes")
    COORDINATOR = "coordinator", _("A coordinator of the Swedish party")
    PARTNER = "partner", _("The international partner")
    SIGNATORY = "signatory", _("The authorised signatory")


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


class DocumentKind(models.TextChoices):
    """What a PDF that was made of a submission is."""

    APPLICATION = "application", _("The application")
    RECEIPT = "receipt", _("Receipt")


class LateChannel(models.TextChoices):
    """How a late application reached ICLD."""

    PORTAL = "portal", _("The portal")
    EMAIL = "email", _("E-mail")
    PAPER = "paper", _("Paper")


class LateOutcome(models.TextChoices):
    GRANTED = "granted", _("Dispensation granted")
    REFUSED = "refused", _("Refused as late")


class QuestionKind(models.TextChoices):
    """What a question of the form is answered with, and so where its answer is kept."""

    TEXT = "text", _("Text")
    TITLE = "title", _("Title")
    PERIOD = "period", _("First and last day")
    REFERENCES = "references", _("The municipality's own references")
    CHAIN = "chain", _("Earlier case and training")
    PARTIES = "parties", _("Parties")
    OTHER_ACTORS = "other_actors", _("Other actors")
    OBJECTIVES = "objectives", _("Objectives")
    INDICATORS = "indicators", _("Indicators")
    ACTIVITIES = "activities", _("Activities")
    VISITS = "visits", _("Exchange visits")
    RISKS = "risks", _("Risks")
    TEAM = "team", _("Project team")
    ANCHORING = "anchoring", _("Political anchoring")
    AREAS = "areas", _("Areas of cooperation")
    CORE_AREAS = "core_areas", _("Core areas")
    GOALS = "goals", _("Global Goals")
    SEATS = "seats", _("Seats of the steering group")
    BUDGET = "budget", _("Budget")
    ATTACHMENTS = "attachments", _("Attachments")
    SIGNATORIES = "signatories", _("Signatories")
    DECLARATIONS = "declarations", _("Declarations")


TABLE_KINDS = (
    QuestionKind.OTHER_ACTORS,
    QuestionKind.OBJECTIVES,
    QuestionKind.INDICATORS,
    QuestionKind.ACTIVITIES,
    QuestionKind.VISITS,
    QuestionKind.RISKS,
    QuestionKind.TEAM,
    QuestionKind.ANCHORING,
)
"""Kinds answered by rows of a table, written on the same pages as texts."""


class SectionPage(models.TextChoices):
    """Which page a section of the form is written on. Texts and tables stand on `CONTENT` pages;
    the others have a page of their own, once in a form."""

    BASICS = "basics", _("Title and dates")
    PARTIES = "parties", _("Parties and countries")
    CONTENT = "content", _("Texts and tables")
    AREAS = "areas", _("Areas and core areas")
    SEATS = "seats", _("Steering group")
    BUDGET = "budget", _("Budget")
    ATTACHMENTS = "attachments", _("Attachments")
    DECLARATIONS = "declarations", _("Declarations and signatories")


PAGE_OF_KIND = {
    QuestionKind.TEXT: SectionPage.CONTENT,
    QuestionKind.TITLE: SectionPage.BASICS,
    QuestionKind.PERIOD: SectionPage.BASICS,
    QuestionKind.REFERENCES: SectionPage.BASICS,
    QuestionKind.CHAIN: SectionPage.BASICS,
    QuestionKind.PARTIES: SectionPage.PARTIES,
    QuestionKind.AREAS: SectionPage.AREAS,
    QuestionKind.CORE_AREAS: SectionPage.AREAS,
    QuestionKind.GOALS: SectionPage.AREAS,
    QuestionKind.SEATS: SectionPage.SEATS,
    QuestionKind.BUDGET: SectionPage.BUDGET,
    QuestionKind.ATTACHMENTS: SectionPage.ATTACHMENTS,
    QuestionKind.SIGNATORIES: SectionPage.DECLARATIONS,
    QuestionKind.DECLARATIONS: SectionPage.DECLARATIONS,
    **dict.fromkeys(TABLE_KINDS, SectionPage.CONTENT),
}
"""The page on which a question of each kind can stand."""


class ActorKind(models.TextChoices):
    UNIVERSITY = "university", _("University or college")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    COMPANY = "company", _("Company")
    AUTHORITY = "authority", _("Authority")
    OTHER = "other", _("Other")


class AttachmentKind(models.TextChoices):
    LETTER_OF_INTENT = "letter_of_intent", _("Letter of Intent")
    MINUTES = "minutes", _("Extract of minutes")
    SIGNED_APPLICATION = "signed_application", _("Signed application")
    PROJECT_PLAN = "project_plan", _("Project plan")
    OTHER = "other", pgettext_lazy("attachment", "Other")


class FileState(models.TextChoices):
    """Whether a stored file may be read."""

    WAITING = "waiting", _("Being checked")
    READY = "ready", _("Checked")
    REFUSED = "refused", _("Refused")


class Training(models.TextChoices):
    """Whether the parties have taken ICLD's training for municipal partnerships."""

    ATTENDED = "attended", _("Attended")
    PLANNED = "planned", _("Planned")
    NONE = "none", pgettext_lazy("training", "Neither attended nor planned")


class SigningChannel(models.TextChoices):
    """How a signatory was reached."""

    EMAIL = "email", _("E-mail")
    SCAN = "scan", _("Scanned signature")


class IdentityLevel(models.TextChoices):
    """How well a signatory's identity is known."""

    LINK = "link", _("Personal link to a named address")
    ACCOUNT = "account", _("Logged in, with the same address")
    PAPER = "paper", _("Signed on paper, scanned")
