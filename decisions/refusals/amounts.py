"""What a decision's amounts may not be."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from icld_portal.formats import kronor
from icld_portal.refusals import Refusal


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
