"""What cannot be written, by whom or over what."""

from django.utils.translation import gettext as _

from icld_portal.formats import number
from icld_portal.refusals import Refusal


class NotWritable(Refusal):
    """The application is in a state where its parties may not change it. Figures: state."""

    code = "not_writable"

    def text(self) -> str:
        return _("This application can no longer be changed. Start a new one in an open round.")


class AnswerTooLong(Refusal):
    """More than the portal can carry in one answer. Figures: length, longest."""

    code = "answer_too_long"

    def text(self) -> str:
        return _(
            "Not saved: the text is %(length)s characters long, and the portal takes at most "
            "%(longest)s in one answer. Shorten it, or attach it as a file."
        ) % {name: number(self.figures[name]) for name in ("length", "longest")}


class StaleAnswer(Refusal):
    """Somebody else saved since. Figures: current_text, current_version, typed_text, by, and base,
    the text that both began from (None when it is not kept)."""

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
