"""Why a form is not published, taken back or corrected."""

from django.utils.translation import gettext as _

from icld_portal.refusals import Refusal


class FormUnfit(Refusal):
    """A draft that is not whole. Figures: form, faults (of `Fault`)."""

    code = "form_unfit"

    def text(self) -> str:
        return " ".join(self.lines())

    def lines(self) -> list[str]:
        return [fault.text() for fault in self.figures["faults"]]


class FormPublished(Refusal):
    """Only a draft can be published. Figures: form."""

    code = "form_published"

    def text(self) -> str:
        return _("%(form)s is published already.") % self.figures


class FormIsDraft(Refusal):
    """What is asked of a published form was asked of a draft. Figures: form."""

    code = "form_is_draft"

    def text(self) -> str:
        return _("%(form)s is a draft. Change it as you like, and publish it.") % self.figures


class FormInUse(Refusal):
    """A published form that is used stays published. Figures: form, round."""

    code = "form_in_use"

    def text(self) -> str:
        return (
            _(
                "%(form)s is used in the round %(round)s, which has opened, so it stays as it is. "
                "Correct its wording here, or copy it to a new version."
            )
            % self.figures
        )


class LabelMissing(Refusal):
    """A label that applicants read would be empty. Figures: place."""

    code = "label_missing"

    def text(self) -> str:
        return _("%(place)s needs a label in Swedish and in English.") % self.figures
