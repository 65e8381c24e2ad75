"""What stops an assessment."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from icld_portal.refusals import Refusal


class AssessmentHandedIn(Refusal):
    """One's own assessment stands."""

    code = "assessment_handed_in"

    def text(self) -> str:
        return _("You have handed in your assessment. It stands.")


class AssessmentIncomplete(Refusal):
    """Something is missing before it can be handed in. Figures: missing, the missing parts (value,
    reason, evidence) by the key of the criterion."""

    code = "assessment_incomplete"

    def text(self) -> str:
        count = len(self.figures["missing"])
        return ngettext(
            "%(count)s criterion is not finished. Your text is saved; hand it in when all are.",
            "%(count)s criteria are not finished. Your text is saved; hand it in when all are.",
            count,
        ) % {"count": count}


class AssessmentsMissing(Refusal):
    """Too few have handed in. Figures: handed_in, wanted."""

    code = "assessments_missing"

    def text(self) -> str:
        return _("%(handed_in)s of %(wanted)s assessments are handed in.") % self.figures


class JointMissing(Refusal):
    """Two have assessed and not agreed yet."""

    code = "joint_missing"

    def text(self) -> str:
        return _("The assessors have not written what they agree on yet.")


class NotAnAssessor(Refusal):
    """Only for those who have handed in an assessment of the case."""

    code = "not_an_assessor"

    def text(self) -> str:
        return _("Only those who have handed in an assessment of the case can do this.")


class OthersHaveHandedIn(Refusal):
    """After somebody else's assessment one's own is not changed."""

    code = "others_have_handed_in"

    def text(self) -> str:
        return _("A colleague has handed in too, so your assessment can no longer be changed.")
