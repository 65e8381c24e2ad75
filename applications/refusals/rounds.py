"""What the round's days do not allow."""

from datetime import timedelta

from django.utils.translation import gettext as _

from icld_portal.formats import day, receipt_moment
from icld_portal.refusals import Refusal


class RoundClosed(Refusal):
    """The request arrived at or after the close. Figures: round, closes_at, received_at."""

    code = "round_closed"

    def text(self) -> str:
        return _(
            "The round %(round)s closed %(closes)s and your request arrived %(received)s "
            "(Swedish time), so nothing was submitted. Your text is kept. Contact ICLD if you "
            "believe this is wrong."
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


class DeadlineCarriedOut(Refusal):
    """The round's drafts have lapsed and everybody has been told. Figures: round."""

    code = "deadline_carried_out"

    def text(self) -> str:
        return _(
            "The close of the round %(round)s has been carried out: its drafts have lapsed. It "
            "can no longer be extended."
        ) % {"round": self.figures["round"]}


class NotLater(Refusal):
    """A round is only ever extended. Figures: closes_at, earliest."""

    code = "not_later"

    def text(self) -> str:
        return _("The new close must be later than %(earliest)s.") % {
            "earliest": receipt_moment(self.figures["earliest"])
        }
