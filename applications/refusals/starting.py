"""What an application cannot be begun with."""

from django.utils.translation import gettext as _

from funding.states import Phase
from icld_portal.refusals import Refusal


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


class NotAnEarlierCase(Refusal):
    """The chosen case is not one that this application can build on."""

    code = "not_an_earlier_case"

    def text(self) -> str:
        return _(
            "The application can only build on a granted case of the same partnership. Reload the "
            "page and choose again, or say why it builds on none."
        )


class NoApplicantKind(Refusal):
    """The organisation may not apply. Figures: organisation."""

    code = "may_not_apply"

    def text(self) -> str:
        return _("%(organisation)s cannot apply in this programme.") % {
            "organisation": self.figures["organisation"]
        }


class CountryClosed(Refusal):
    """The partner's country takes no new applications. Figures: country."""

    code = "country_closed"

    def text(self) -> str:
        return _("%(country)s is closed for new applications. Choose another partner.") % {
            "country": self.figures["country"]
        }
