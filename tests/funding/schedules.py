"""A whole draft to publish."""

from datetime import date

from funding.actions import copy_schedule
from funding.models import CeilingSchedule
from tests.moments import MID_ROUND


def whole_draft(by, valid_from=date(2028, 1, 1), key="C") -> CeilingSchedule:
    """A draft with all of schedule A's amounts."""
    return copy_schedule(
        CeilingSchedule.objects.get(key="A"),
        key=key,
        name="Nästa",
        valid_from=valid_from,
        source_sv="Styrelsen 2027-10-01",
        source_en="The board 2027-10-01",
        by=by,
        at=MID_ROUND,
    )
