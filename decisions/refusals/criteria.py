"""What stops a set of criteria."""

from django.utils.translation import gettext as _

from funding.states import Phase
from icld_portal.refusals import Refusal


class CriteriaPublished(Refusal):
    """A published set stays."""

    code = "criteria_published"

    def text(self) -> str:
        return _("The set is published already, and stays as it is. Copy it to change something.")


class NoCriteria(Refusal):
    """A set without a criterion measures nothing."""

    code = "no_criteria"

    def text(self) -> str:
        return _("The set has no criteria yet. Add at least one before it is published.")


class CriteriaNotPublished(Refusal):
    """A draft may still change."""

    code = "criteria_not_published"

    def text(self) -> str:
        return _("The set is a draft. Publish it before a round uses it.")


class CriteriaOfOtherPhase(Refusal):
    """A set is made for one phase. Figures: phase."""

    code = "criteria_of_other_phase"

    def text(self) -> str:
        phase = Phase(self.figures["phase"]).label
        return _("The set is made for another phase: %(phase)s.") % {"phase": phase}


class CriteriaInUse(Refusal):
    """Assessing has begun by another set."""

    code = "criteria_in_use"

    def text(self) -> str:
        return _(
            "Cases of this round are being assessed by another set already. All cases of a round "
            "and phase are measured by the same."
        )
