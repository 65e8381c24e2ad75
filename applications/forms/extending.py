"""Moving a round's close, as an officer asks for it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import ProseField
from applications.forms.late import LastDayField, first_outside
from applications.models import Round
from applications.red_days import next_working_day
from icld_portal import formats
from icld_portal.watch.disturbances import DisturbanceFacts

LIMIT = 1000


class ExtendForm(forms.Form):
    """The new last day and why; where the portal could not be reached, filled in from its record.

    The day that is proposed is the first working day after the old last day.
    """

    last_day = LastDayField(
        label=_("New last day"), help_text=_("Until midnight, Swedish time, for everybody.")
    )
    reason_sv = ProseField(
        label=_("Reason in Swedish"),
        limit=LIMIT,
        rows=3,
        help_text=_("Told to everybody in the round, and shown to the public with the old date."),
    )
    reason_en = ProseField(label=_("Reason in English"), limit=LIMIT, rows=3)

    def __init__(
        self, data=None, *, round_: Round, today: date, disturbances: Sequence[DisturbanceFacts]
    ) -> None:
        super().__init__(data)
        after = max(formats.last_day(round_.closes_at), today) + timedelta(days=1)
        self.initial["last_day"] = next_working_day(after)
        if disturbances:
            for language in ("sv", "en"):
                with translation.override(language):
                    self.initial[f"reason_{language}"] = _told(disturbances)

    def closes_at(self):
        """The first moment outside. Only of a valid form."""
        return first_outside(self.cleaned_data["last_day"])


def _told(disturbances: Sequence[DisturbanceFacts]) -> str:
    times = ", ".join(map(_time, disturbances))
    return gettext("The portal could not be used %(times)s.") % {"times": times}


def _time(each: DisturbanceFacts) -> str:
    began = formats.moment(each.began_at)
    if each.ended_at is None:
        return gettext("from %(began)s") % {"began": began}
    return gettext("%(began)s to %(ended)s") % {
        "began": began,
        "ended": formats.clock(each.ended_at),
    }
