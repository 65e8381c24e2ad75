"""Why a schedule cannot be published."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from funding.schedule_checks import Place
from icld_portal.formats import day
from icld_portal.refusals import Refusal


class AlreadyPublished(Refusal):
    """Figures: schedule."""

    code = "already_published"

    def text(self) -> str:
        return _("Schedule %(schedule)s is published already.") % self.figures


class DateTaken(Refusal):
    """Another published schedule is valid from the same day. Figures: other, valid_from."""

    code = "date_taken"

    def text(self) -> str:
        return _(
            "Schedule %(other)s is valid from %(valid_from)s already. Choose another first day."
        ) % {"other": self.figures["other"], "valid_from": day(self.figures["valid_from"])}


class ScheduleUnfit(Refusal):
    """Figures: schedule, and lists of `Place`: missing, odd."""

    code = "schedule_unfit"

    def text(self) -> str:
        return " ".join(self.sentences())

    def sentences(self) -> Iterable[str]:
        if self.figures["missing"]:
            yield _("Amounts are missing for: %(places)s.") % {
                "places": _told(self.figures["missing"])
            }
        if self.figures["odd"]:
            yield _(
                "Check these: basis or kind differs from the rest of the phase, or the "
                "multi-party amount is lower than the bilateral one: %(places)s."
            ) % {"places": _told(self.figures["odd"])}


def _told(places: Iterable[Place]) -> str:
    return "; ".join(
        f"{place.phase.label}, {place.region.label}, "
        + (_("multi-party") if place.multi_party else _("bilateral"))
        for place in places
    )
