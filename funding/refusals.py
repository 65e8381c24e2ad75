"""Why a schedule cannot be copied or published."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from funding.schedule_checks import Place
from icld_portal.formats import day
from icld_portal.refusals import Refusal


class AlreadyPublished(Refusal):
    """Figures: schedule."""

    code = "already_published"

    def text(self) -> str:
        return _("Schedule %(schedule)s is published already.") % self.figures


class KeyTaken(Refusal):
    """Another schedule has the key. Figures: key."""

    code = "key_taken"

    def text(self) -> str:
        return _("There is a schedule %(key)s already. Choose another key.") % self.figures


class DateTaken(Refusal):
    """Another published schedule is valid from the same day. Figures: other, valid_from."""

    code = "date_taken"

    def text(self) -> str:
        return _(
            "Schedule %(other)s is valid from %(valid_from)s already. Choose another first day."
        ) % {"other": self.figures["other"], "valid_from": day(self.figures["valid_from"])}


class ScheduleUnfit(Refusal):
    """Figures: schedule, and lists of `Place`: missing, low, differing."""

    code = "schedule_unfit"

    def text(self) -> str:
        return " ".join(self.lines())

    def lines(self) -> list[str]:
        """One sentence for each phase and kind of fault."""
        faults = {
            "missing": _("%(phase)s: amounts are missing for %(places)s."),
            "low": _("%(phase)s: multi-party is lower than bilateral for %(places)s."),
            "differing": _("%(phase)s: another basis or kind than the rest for %(places)s."),
        }
        return [line for fault, text in faults.items() for line in _told(text, self.figures[fault])]


def _told(message: str, places: Iterable[Place]) -> Iterable[str]:
    for phase, of_phase in groupby(places, attrgetter("phase")):
        columns = "; ".join(place.column for place in of_phase)
        yield message % {"phase": phase.label, "places": columns}
