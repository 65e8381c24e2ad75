"""Why a country cannot be closed or opened as asked."""

from django.utils.translation import gettext as _

from icld_portal.formats import day
from icld_portal.refusals import Refusal


class ReasonMissing(Refusal):
    code = "reason_missing"

    def text(self) -> str:
        return _("Give a reason. It is kept in the history.")


class TooFarBack(Refusal):
    """Figures: last_day, earliest."""

    code = "too_far_back"

    def text(self) -> str:
        return _(
            "A country cannot be closed in hindsight: applications may have been begun since. "
            "The last day can be %(earliest)s at the earliest."
        ) % {"earliest": day(self.figures["earliest"])}


class CountryNotOpen(Refusal):
    """Figures: country, last_day."""

    code = "country_not_open"

    def text(self) -> str:
        return _(
            "%(country)s is already closed after %(last_day)s. "
            "Choose another last day, or change its open periods."
        ) % {"country": self.figures["country"], "last_day": day(self.figures["last_day"])}


class CountryAlreadyOpen(Refusal):
    """Figures: country, first_day."""

    code = "country_already_open"

    def text(self) -> str:
        return _(
            "%(country)s has an open period on or after %(first_day)s already. "
            "Choose a later first day, or change that period."
        ) % {"country": self.figures["country"], "first_day": day(self.figures["first_day"])}
