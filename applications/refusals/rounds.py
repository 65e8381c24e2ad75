"""What the round's days do not allow."""

from datetime import timedelta

from django.utils.translation import gettext as _

from funding.states import Phase
from icld_portal.formats import day, receipt_moment
from icld_portal.refusals import Refusal


class RoundClosed(Refusal):
    """The request arrived at or after the close. Figures: round, closes_at, received_at."""

    code = "round_closed"

    def text(self) -> str:
        return _(
            "The round %(round)s closed %(closes)s and your request arrived %(received)s "
            "(Swedish time), so nothing was submitted. Your text is kept. From a quarter of an "
            "hour after the close you can submit late, with a reason, on the application's page."
        ) % {
            "round": self.figures["round"],
            "closes": receipt_moment(self.figures["closes_at"]),
            "received": receipt_moment(self.figures["received_at"]),
        }


class ChangeTooLate(RoundClosed):
    """A change arrived at or after the close. Figures as for `RoundClosed`."""

    def text(self) -> str:
        return _(
            "The round %(round)s closed %(closes)s and your change arrived %(received)s (Swedish "
            "time), so it was not saved. The version that you submitted counts. Contact ICLD if "
            "you believe this is wrong."
        ) % {
            "round": self.figures["round"],
            "closes": receipt_moment(self.figures["closes_at"]),
            "received": receipt_moment(self.figures["received_at"]),
        }


class DraftTooLate(ChangeTooLate):
    """A change to what has never been submitted arrived at or after the close. Figures as for
    `RoundClosed`."""

    def text(self) -> str:
        return _(
            "The round %(round)s closed %(closes)s and your change arrived %(received)s (Swedish "
            "time), so it was not saved. What was saved before is kept, and so is what you have "
            "typed, in your browser. You can ask to submit late, with a reason."
        ) % {
            "round": self.figures["round"],
            "closes": receipt_moment(self.figures["closes_at"]),
            "received": receipt_moment(self.figures["received_at"]),
        }


class UploadTooLate(ChangeTooLate):
    """A file that began to come before the close and had come after it. Figures as for
    `RoundClosed`, and: begun_at, name."""

    def text(self) -> str:
        return _(
            "The file %(name)s began to come %(begun)s, but not all of it had come until "
            "%(received)s. The round %(round)s closed %(closes)s (Swedish time), so it was not "
            "added."
        ) % {
            "name": self.figures["name"],
            "begun": receipt_moment(self.figures["begun_at"]),
            "received": receipt_moment(self.figures["received_at"]),
            "round": self.figures["round"],
            "closes": receipt_moment(self.figures["closes_at"]),
        }


class ChangeAfterTheClose(RoundClosed):
    """A draft that is handed in as it stood at the close was changed after it. Figures as for
    `RoundClosed`."""

    def text(self) -> str:
        return _(
            "The round %(round)s closed %(closes)s and your change arrived %(received)s (Swedish "
            "time), so it was not saved. The application is handed in as it stood at the close if "
            "it was complete: that is what you asked for."
        ) % {
            "round": self.figures["round"],
            "closes": receipt_moment(self.figures["closes_at"]),
            "received": receipt_moment(self.figures["received_at"]),
        }


class ClosedForChanges(Refusal):
    """What one may read but no longer change. Figures: round, closes_at."""

    code = "closed_for_changes"

    def text(self) -> str:
        return _(
            "The round %(round)s closed %(closes)s (Swedish time). The application can no longer "
            "be changed."
        ) % {
            "round": self.figures["round"],
            "closes": receipt_moment(self.figures["closes_at"]),
        }


class RoundNotOpen(Refusal):
    """The round has not opened yet. Figures: round, opens_at."""

    code = "round_not_open"

    def text(self) -> str:
        return _("The round %(round)s opens on %(opens)s.") % {
            "round": self.figures["round"],
            "opens": day(self.figures["opens_at"]),
        }


class RoundOpened(Refusal):
    """A round has opened on or after a schedule's first day. Figures: round, opens_on."""

    code = "round_opened"

    def text(self) -> str:
        opens_on = self.figures["opens_on"]
        return _(
            "The round %(round)s opened on %(opens)s by another schedule. This one can be valid "
            "from %(earliest)s at the earliest. Change its first day."
        ) % {
            "round": self.figures["round"],
            "opens": day(opens_on),
            "earliest": day(opens_on + timedelta(days=1)),
        }


class RoundAnswered(Refusal):
    """Somebody in the round has had ICLD's answer. Figures: round."""

    code = "round_answered"

    def text(self) -> str:
        return _(
            "ICLD has answered applications in the round %(round)s, so it can no longer be "
            "extended. A single application can be given dispensation."
        ) % {"round": self.figures["round"]}


class RoundsOverlap(Refusal):
    """Another round takes the same phase at the same time. Figures: other, phase, opens_at."""

    code = "rounds_overlap"

    def text(self) -> str:
        return _(
            "The round %(other)s opens on %(day)s and takes %(phase)s as well. Choose an earlier "
            "close, or move the other round first."
        ) % {
            "other": self.figures["other"],
            "day": day(self.figures["opens_at"]),
            "phase": Phase(self.figures["phase"]).label,
        }


class MeetsDecision(Refusal):
    """The round would be open on its day of decision. Figures: round, decision_on."""

    code = "meets_decision"

    def text(self) -> str:
        return _(
            "ICLD is to decide on %(round)s on %(day)s: the last day must lie before it. Choose an "
            "earlier day, or have an administrator move the decision first."
        ) % {"round": self.figures["round"], "day": day(self.figures["decision_on"])}


class NotInNetwork(Refusal):
    """The round is a network's, which the applicant does not belong to. Figures: round, network,
    organisation."""

    code = "not_in_network"

    def text(self) -> str:
        return (
            _(
                "The round %(round)s is for members of the network %(network)s. %(organisation)s "
                "is not one of them. Contact ICLD if you believe this is wrong."
            )
            % self.figures
        )


class NotLater(Refusal):
    """A round is only ever extended. Figures: closes_at, earliest."""

    code = "not_later"

    def text(self) -> str:
        return _("The new close must be later than %(earliest)s.") % {
            "earliest": receipt_moment(self.figures["earliest"])
        }
