"""What is too late, and what is not late at all."""

from django.utils.translation import gettext as _

from applications.states import LateOutcome
from icld_portal.formats import clock, day, deadline
from icld_portal.refusals import Refusal


class NotLate(Refusal):
    """One may submit the usual way, or there is nothing to submit. Figures: round, closes_at."""

    code = "not_late"

    def text(self) -> str:
        return _(
            "This cannot be submitted late: either it can still be submitted the usual way "
            "(%(deadline)s), or it has been submitted or answered."
        ) % {"deadline": deadline(self.figures["closes_at"])}


class CloseNotCarriedOut(Refusal):
    """The minutes between the close and its being carried out. Figures: round, closes_at."""

    code = "close_not_carried_out"

    def text(self) -> str:
        return _(
            "The close of %(round)s is being carried out. What was to be submitted then is "
            "submitted by itself. Come back in a quarter of an hour."
        ) % {"round": self.figures["round"], "clock": clock(self.figures["closes_at"])}


class LateNoLonger(Refusal):
    """The round's day of decision has come. Figures: round, decision_on."""

    code = "late_no_longer"

    def text(self) -> str:
        return _(
            "ICLD decides on %(round)s from %(day)s, so nothing more can be submitted late. Begin "
            "a new application in a coming round: what you wrote can be taken along."
        ) % {"round": self.figures["round"], "day": day(self.figures["decision_on"])}


class LateWaits(Refusal):
    """It has been asked for already."""

    code = "late_waits"

    def text(self) -> str:
        return _("You have asked already. ICLD answers by e-mail and here.")


class LateAnswered(Refusal):
    """Somebody else has decided. Figures: outcome, by."""

    code = "late_answered"

    def text(self) -> str:
        return _("%(by)s has decided already: %(outcome)s.") % {
            "by": self.figures["by"],
            "outcome": LateOutcome(self.figures["outcome"]).label,
        }


class ApplicationAnswered(Refusal):
    """The application has had ICLD's answer."""

    code = "application_answered"

    def text(self) -> str:
        return _("ICLD has decided on the application already, so being late no longer matters.")


class ReceivedOutside(Refusal):
    """It cannot have come then. Figures: round, opens_at, at."""

    code = "received_outside"

    def text(self) -> str:
        return _(
            "Give the moment when it reached ICLD: after %(round)s opened, %(opens)s, and not in "
            "the future."
        ) % {"round": self.figures["round"], "opens": day(self.figures["opens_at"])}


class LateNeedsDay(Refusal):
    """They have nothing complete to be considered yet."""

    code = "late_needs_day"

    def text(self) -> str:
        return _(
            "Say until when: they have not handed in a complete application in the portal and need "
            "time to do so."
        )
