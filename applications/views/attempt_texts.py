"""Why an attempt to submit was refused, told afterwards in the reader's language.

From the code and the figures that the event has kept: a refusal's own text is said to the person
at that moment, and says what to do then.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.documents.receipts import received_told
from applications.states import ApplicationState
from icld_portal.formats import day

Figures = Mapping[str, Any]


def why_refused(code: str, figures: Figures) -> str:
    """A sentence; of a reason that nobody knows any more, its code as it was noted."""
    try:
        return REASONS[code](figures)
    except (KeyError, TypeError, ValueError):  # written by another version of the portal
        return _("The reason was noted as: %(code)s.") % {"code": code}


def _round_closed(figures: Figures) -> str:
    return _("The round %(round)s closed %(closes)s, and the request arrived %(received)s.") % {
        "round": figures["round"],
        "closes": _moment(figures["closes_at"]),
        "received": _moment(figures["received_at"]),
    }


def _round_not_open(figures: Figures) -> str:
    opens = day(datetime.fromisoformat(figures["opens_at"]))
    figures = {"round": figures["round"], "opens": opens}
    return _("The round %(round)s had not opened yet: its first day is %(opens)s.") % figures


def _incomplete(figures: Figures) -> str:
    count = len(figures["missing"])
    text = ngettext(
        "The application was not complete: one thing remained.",
        "The application was not complete: %(count)s things remained.",
        count,
    )
    return text % {"count": count}


def _changed(figures: Figures) -> str:
    return _("Somebody had changed the application since it was read through: %(titles)s.") % {
        "titles": ", ".join(figures["titles"])
    }


def _steering_group(figures: Figures) -> str:
    return _(
        "The project is submitted together with its steering group's application, which the person "
        "may not submit. A coordinator of one of its Swedish parties may: %(parties)s."
    ) % {"parties": ", ".join(figures["parties"])}


def _country_closed(figures: Figures) -> str:
    return _("%(country)s was closed for new applications.") % {"country": figures["country"]}


def _illegal_move(figures: Figures) -> str:
    state = ApplicationState(figures["state"]).label
    return _("What is in this state cannot be submitted: %(state)s.") % {"state": state}


def _not_allowed(figures: Figures) -> str:
    return _("The person may not submit for the applicant.")


def _late(figures: Figures) -> str:
    return _("It could not be submitted late: it was open, answered or being carried out.")


def _too_late(figures: Figures) -> str:
    decides_on = day(date.fromisoformat(figures["decision_on"]))
    return _("ICLD had begun to decide, on %(day)s.") % {"day": decides_on}


def _waits(figures: Figures) -> str:
    return _("It waited for ICLD's answer already.")


def _no_reason(figures: Figures) -> str:
    return _("It was late, and no reason was given.")


def _moment(text: str) -> str:
    return received_told(datetime.fromisoformat(text))


REASONS: dict[str, Callable[[Figures], str]] = {
    "not_late": _late,
    "close_not_carried_out": _late,
    "late_no_longer": _too_late,
    "late_waits": _waits,
    "reason_missing": _no_reason,
    "round_closed": _round_closed,
    "round_not_open": _round_not_open,
    "incomplete": _incomplete,
    "changed_since_review": _changed,
    "steering_group_not_yours": _steering_group,
    "country_closed": _country_closed,
    "illegal_move": _illegal_move,
    "not_allowed": _not_allowed,
}
"""Every code that `applications.actions.submit` refuses with."""
