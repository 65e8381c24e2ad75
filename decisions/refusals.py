"""Why a case's action said no, in words that staff can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from icld_portal.formats import day, kronor, last_day
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


class UnknownLines(Refusal):
    """Amounts for lines that the latest submission has not. Figures: lines, how many."""

    code = "unknown_lines"

    def text(self) -> str:
        return ngettext(
            "%(lines)d line is not in the submitted budget. Reload the page and try again.",
            "%(lines)d lines are not in the submitted budget. Reload the page and try again.",
            self.figures["lines"],
        ) % {"lines": self.figures["lines"]}


class LineRefusal(Refusal):
    """About the amount of one line. Figures: line_key, line (its name) and year."""

    def reason(self) -> str:
        """What is wrong, without the name of the line."""
        raise NotImplementedError

    def text(self) -> str:
        return f"{line_named(self.figures['year'], self.figures['line'])}: {self.reason()}"


def line_named(year: int, line: str) -> str:
    """A budget line as pages and refusals call it."""
    return _("Year %(year)s, %(line)s") % {"year": year, "line": line}


class AmountBelowZero(LineRefusal):
    """Less than nothing. Figures: amount_sek too."""

    code = "amount_below_zero"

    def reason(self) -> str:
        return _("Write 0 or more.")


class AmountOverAsked(LineRefusal):
    """More than was asked for. Figures: amount_sek and asked_sek too."""

    code = "amount_over_asked"

    def reason(self) -> str:
        return _("%(amount)s is more than the %(limit)s that was asked for.") % {
            "amount": kronor(self.figures["amount_sek"]),
            "limit": kronor(self.figures["asked_sek"]),
        }


class AmountOverCeiling(Refusal):
    """More than the ceiling. Figures: year (None for the whole), amount_sek, ceiling_sek."""

    code = "amount_over_ceiling"

    def text(self) -> str:
        figures = {
            "year": self.figures["year"],
            "amount": kronor(self.figures["amount_sek"]),
            "limit": kronor(self.figures["ceiling_sek"]),
        }
        if self.figures["year"] is None:
            return _("%(amount)s is more than the ceiling of %(limit)s.") % figures
        return _("Year %(year)s: %(amount)s is more than the ceiling of %(limit)s.") % figures


class GuidelineNotAccepted(Refusal):
    """More than a guideline amount, not accepted in so many words.

    Figures: exceeded, rows of year (None for the whole), amount_sek and limit_sek.
    """

    code = "guideline_not_accepted"

    def text(self) -> str:
        told = [guideline_told(**row) for row in self.figures["exceeded"]]
        return " ".join([*told, _("Accept that below, or lower the amount.")])


def guideline_told(*, year: int | None, amount_sek: int, limit_sek: int) -> str:
    """By how much a guideline amount is exceeded, in one year or (None) in all."""
    figures = {"year": year, "amount": kronor(amount_sek), "limit": kronor(limit_sek)}
    if year is None:
        return _("%(amount)s is more than the guideline amount of %(limit)s.") % figures
    return _("Year %(year)s: %(amount)s is more than the guideline amount of %(limit)s.") % figures


class OutcomeDoesNotFit(Refusal):
    """Outcome and amount say different things. Figures: outcome, amount_sek, asked_sek."""

    code = "outcome_does_not_fit"

    def text(self) -> str:
        amount_sek, asked_sek = self.figures["amount_sek"], self.figures["asked_sek"]
        if amount_sek == 0:
            return _("Nothing is granted: choose “Rejected”, or give an amount.")
        if amount_sek == asked_sek:
            return _("All that was asked for is granted: choose “Granted in full”.")
        return _(
            "%(amount)s is granted of the %(asked)s that was asked for: choose “Granted in part”."
        ) % {"amount": kronor(amount_sek), "asked": kronor(asked_sek)}
