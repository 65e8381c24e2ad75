"""Why a case's action said no, in words that staff can act on."""

from django.utils.translation import gettext as _

from icld_portal.formats import day, last_day
from icld_portal.refusals import Refusal


class RoundStillOpen(Refusal):
    """The parties may still submit a new version. Figures: round, closes_at."""

    code = "round_still_open"

    def text(self) -> str:
        return _(
            "The round %(round)s is open up to and including %(day)s, and the parties may submit a "
            "new version until then. The case can be assessed now; propose and decide afterwards."
        ) % {"round": self.figures["round"], "day": day(last_day(self.figures["closes_at"]))}


class LateUndecided(Refusal):
    """It came after the close, or beside the portal."""

    code = "late_undecided"

    def text(self) -> str:
        return _(
            "The application did not come through the portal in time. A decider first grants "
            "dispensation or dismisses it."
        )


class ApplicationWithdrawn(Refusal):
    """The parties have taken their application back."""

    code = "application_withdrawn"

    def text(self) -> str:
        return _("The parties have withdrawn the application, so the case is not decided.")


class NotAssessed(Refusal):
    """A proposal rests on at least one assessment."""

    code = "not_assessed"

    def text(self) -> str:
        return _("Nobody has assessed the case yet. Write an assessment first.")


class AlreadyProposed(Refusal):
    """Assessments are locked once a proposal rests on them."""

    code = "already_proposed"

    def text(self) -> str:
        return _("The case has been proposed, so the assessments can no longer be changed.")


class NotProposed(Refusal):
    """A decision rests on a proposal."""

    code = "not_proposed"

    def text(self) -> str:
        return _("There is no proposal to decide on yet. An officer writes it.")


class NewerProposal(Refusal):
    """Somebody made another proposal since the page was opened."""

    code = "newer_proposal"

    def text(self) -> str:
        return _(
            "A new proposal was made after you opened the page. It is shown below. What you typed "
            "is still in the fields: compare before you decide."
        )


class AlreadyDecided(Refusal):
    """There is a decision, and it stands."""

    code = "already_decided"

    def text(self) -> str:
        return _("The case has been decided. The decision can no longer be changed.")


class AlreadyReleased(Refusal):
    """The parties have been told."""

    code = "already_released"

    def text(self) -> str:
        return _("The decision has been sent to the parties.")


class NothingToRelease(Refusal):
    """There is no decision."""

    code = "nothing_to_release"

    def text(self) -> str:
        return _("There is no decision to send yet.")


class Disqualified(Refusal):
    """The person belongs to a party of the case (jäv)."""

    code = "disqualified"

    def text(self) -> str:
        return _(
            "You belong to one of the parties, so you are disqualified. A colleague has to do this."
        )


class DeciderAssessed(Refusal):
    """The one who decides may not alone have assessed."""

    code = "decider_assessed"

    def text(self) -> str:
        return _("You alone have assessed the case. Another person has to decide.")


class DeciderProposed(Refusal):
    """The one who decides may not be the one who proposed or presents."""

    code = "decider_proposed"

    def text(self) -> str:
        return _("You made the proposal. Another person has to decide.")


class PresenterDecides(Refusal):
    """Presenting and deciding are done by two people."""

    code = "presenter_decides"

    def text(self) -> str:
        return _("You cannot both present and decide. Choose who presented the case to you.")


class NotAnOfficer(Refusal):
    """Only an officer who belongs to none of the parties gets or presents a case. Figures: name."""

    code = "not_an_officer"

    def text(self) -> str:
        return _("%(name)s cannot be given or present this case. Choose another officer.") % {
            "name": self.figures["name"]
        }


class NotRole(Refusal):
    """The person lacks the role. Figures: role, the role's label."""

    code = "not_role"

    def text(self) -> str:
        return _("This is done by: %(role)s.") % {"role": self.figures["role"]}


class NoText(Refusal):
    """An assessment says something."""

    code = "no_text"

    def text(self) -> str:
        return _("Write your assessment.")


class NoReasons(Refusal):
    """Reasons are always given, also when everything asked for is granted."""

    code = "no_reasons"

    def text(self) -> str:
        return _("Give the reasons. They are always given, also when all is granted.")
