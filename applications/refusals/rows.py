"""Why a row of a table was not saved, in words a person can act on."""

from django.utils.translation import gettext as _

from icld_portal.refusals import Refusal


class StaleRow(Refusal):
    """Somebody else saved or deleted the row since. Nothing is overwritten.

    Figures: by, version (0: the row is gone), current (its values now, None: gone), typed.
    """

    code = "stale_row"

    def text(self) -> str:
        if self.figures["current"] is None:
            return _("Somebody has deleted this row. What you have written is still here.")
        return _(
            "%(by)s saved this row while you were writing. Both are shown; choose what should "
            "stand, nothing has been overwritten."
        ) % {"by": self.figures["by"]}


class TooManyRows(Refusal):
    """The table is full. Figures: limit."""

    code = "too_many_rows"

    def text(self) -> str:
        return _(
            "There can be at most %(limit)s rows here. Put together what belongs together, or "
            "delete a row that is not needed."
        ) % {"limit": self.figures["limit"]}


class NoSuchObjective(Refusal):
    """An indicator names an objective that the application does not have (any longer)."""

    code = "no_such_objective"

    def text(self) -> str:
        return _("The objective of this indicator is no longer there. Choose another.")


class TableNotAsked(Refusal):
    """The form has no such table. Figures: kind."""

    code = "table_not_asked"

    def text(self) -> str:
        return _("This table is not part of the form. Reload the page.")


class WrongRows(Refusal):
    """Rows hold something that cannot be kept, said at their fields."""

    code = "wrong_rows"

    def text(self) -> str:
        return _(
            "Something is not right in the rows that are marked. What you typed is still there; "
            "correct it and save again. Everything else is saved."
        )


class TooManyMainGoals(Refusal):
    """More Global Goals are marked as main ones than an application has. Figures: limit."""

    code = "too_many_main_goals"

    def text(self) -> str:
        return _("Mark at most %(limit)s Global Goals as the main ones.") % {
            "limit": self.figures["limit"]
        }
