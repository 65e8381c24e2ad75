"""Why an application is not handed in."""

from django.utils.translation import gettext as _

from icld_portal.refusals import Refusal


class Incomplete(Refusal):
    """Something is missing or wrong. Figures: missing, a list of codes."""

    code = "incomplete"

    def text(self) -> str:
        return _("The application is not complete yet. The list below says what remains.")


class ChangedSinceReview(Refusal):
    """Somebody has written since the review was opened. Figures: titles."""

    code = "changed_since_review"

    def text(self) -> str:
        return _(
            "The application has been changed since you opened this page: %(titles)s. Nothing has "
            "been submitted yet. What you see now is what ICLD gets: look it through, and submit."
        ) % {"titles": ", ".join(self.figures["titles"])}


class SteeringGroupNotYours(Refusal):
    """A project's steering group is a draft that the person may not submit. Figures: parties."""

    code = "steering_group_not_yours"

    def text(self) -> str:
        return _(
            "The project is submitted together with its steering group's application, and you "
            "may not submit that one. Ask a coordinator of one of its Swedish parties: %(parties)s."
        ) % {"parties": ", ".join(self.figures["parties"])}
