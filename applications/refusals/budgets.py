"""What a budget does not take."""

from django.utils.translation import gettext as _

from icld_portal.refusals import Refusal


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
