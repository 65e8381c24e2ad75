"""Why an application's action said no, in words a person can act on."""

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


class NotWritable(Refusal):
    """The application is in a state where its parties may not change it. Figures: state."""

    code = "not_writable"

    def text(self) -> str:
        return _("This application can no longer be changed. Start a new one in an open round.")


class Incomplete(Refusal):
    """Something is missing or wrong. Figures: missing, a list of codes."""

    code = "incomplete"

    def text(self) -> str:
        return _("The application is not complete yet. The list below says what remains.")


class SteeringGroupNotYours(Refusal):
    """A project's steering group is a draft that the person may not submit. Figures: parties."""

    code = "steering_group_not_yours"

    def text(self) -> str:
        return _(
            "The project is submitted together with its steering group's application, and you "
            "may not submit that one. Ask a coordinator of one of its Swedish parties: %(parties)s."
        ) % {"parties": ", ".join(self.figures["parties"])}


class StaleAnswer(Refusal):
    """Somebody else saved since. Figures: current_text, current_version, typed_text, by."""

    code = "stale_answer"

    def text(self) -> str:
        return _(
            "%(by)s saved another text here while you were writing. Both texts are shown; choose "
            "what should stand, nothing has been overwritten."
        ) % {"by": self.figures["by"]}


class StaleForm(Refusal):
    """Somebody else saved this page since it was opened. Figures: revision."""

    code = "stale_form"

    def text(self) -> str:
        return _(
            "Somebody has saved changes here since you opened the page. What you typed is still "
            "in the fields. Compare with the saved values and save again."
        )


class CountryClosed(Refusal):
    """The partner's country takes no new applications. Figures: country."""

    code = "country_closed"

    def text(self) -> str:
        return _("%(country)s is closed for new applications. Choose another partner.") % {
            "country": self.figures["country"]
        }


class TooManyLines(Refusal):
    """Figures: count, limit."""

    code = "too_many_lines"

    def text(self) -> str:
        return _(
            "A budget can have at most %(limit)s lines; this would make %(count)s. Put small costs "
            "of the same kind together on one line."
        ) % {"limit": self.figures["limit"], "count": self.figures["count"]}


class AmountRefused(Refusal):
    """A line comes to more than can be kept. Figures: line, why."""

    code = "amount_refused"

    def text(self) -> str:
        return _("%(line)s: %(why)s") % {"line": self.figures["line"], "why": self.figures["why"]}


class NoExchangeRate(Refusal):
    """ICLD has no rate for the currency on this day. Figures: currency."""

    code = "no_exchange_rate"

    def text(self) -> str:
        return _(
            "There is no exchange rate for %(currency)s. Write the price in kronor, or ask ICLD to "
            "add the rate."
        ) % {"currency": self.figures["currency"]}


class NotAParty(Refusal):
    """A budget line names an organisation that is no party of the application (any longer)."""

    code = "not_a_party"

    def text(self) -> str:
        return _(
            "The party of this line no longer takes part in the application. Reload the page and "
            "choose another party."
        )


class PhaseNotOffered(Refusal):
    """The round has no form for the phase. Figures: round, phase."""

    code = "phase_not_offered"

    def text(self) -> str:
        return _(
            "In the round %(round)s one cannot apply for %(phase)s. Choose something else or wait "
            "for another round."
        ) % {"round": self.figures["round"], "phase": Phase(self.figures["phase"]).label}


class NoSchedule(Refusal):
    """The round has no ceilings yet. Figures: round."""

    code = "no_schedule"

    def text(self) -> str:
        return _(
            "The amounts for the round %(round)s have not been decided yet, so nothing can be "
            "begun in it. Contact ICLD."
        ) % {"round": self.figures["round"]}


class SteeringGroupExists(Refusal):
    """The partnership has an application for its steering group in the round. Figures: title."""

    code = "steering_group_exists"

    def text(self) -> str:
        return _(
            "Your partnership applies for its steering group in this round already: %(title)s. "
            "Go on with that application."
        ) % {"title": self.figures["title"]}


class PeriodTooLong(Refusal):
    """The last day is too far from the first. Figures: years, the most there can be."""

    code = "period_too_long"

    def text(self) -> str:
        return _("The last day is more than %(years)s years after the first. Check the year.") % {
            "years": self.figures["years"]
        }


class NoApplicantKind(Refusal):
    """The organisation may not apply. Figures: organisation."""

    code = "may_not_apply"

    def text(self) -> str:
        return _("%(organisation)s cannot apply in this programme.") % {
            "organisation": self.figures["organisation"]
        }


class IllegalMove(Refusal):
    """The state table has no such move. Figures: state, target."""

    code = "illegal_move"

    def text(self) -> str:
        return _("The case has moved on, so this can no longer be done. Reload the page.")


class NotAllowed(Refusal):
    """The person may not do this. Figures: action."""

    code = "not_allowed"

    def text(self) -> str:
        return _("You do not have the right to do this. Ask your coordinator.")
