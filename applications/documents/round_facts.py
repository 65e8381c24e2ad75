"""What is told of a round, in words of the active language: on its page and in the calendar."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.documents.round_list import ToldRound
from applications.models import Round, RoundExtension
from applications.states import RoundKind
from funding.models import CeilingSchedule
from icld_portal.clock import local_date, start_of
from icld_portal.formats import clock, day, last_day, weekday_long


def title(round_: Round) -> str:
    """Its name, and whom it is for when that is not everybody."""
    if round_.network is None:
        return round_.name
    return _("%(round)s (the network %(network)s)") % {
        "round": round_.name,
        "network": round_.network.name,
    }


def facts(told: ToldRound) -> list[tuple[str, str]]:
    """Label and value, in the order they are told; without what has not been decided."""
    return [(label, value) for label, value in _facts(told) if value]


def _facts(told: ToldRound) -> Iterator[tuple[str, str]]:
    round_ = told.round
    if round_.network:
        yield _("For"), _("only members of the network %(network)s") % {"network": round_.network}
    yield _("First day"), opening(round_.opens_at)
    yield _("Last day"), closing(round_.closes_at)
    yield _("Phases"), ", ".join(str(phase.label) for phase in told.phases)
    yield _("Project start"), _start(round_)
    yield pgettext("round", "Ceilings"), _schedule(round_.schedule)
    yield pgettext("round", "Decision"), _day(round_.decision_on)
    yield pgettext("round", "Notice to applicants"), _day(round_.notice_on)
    yield pgettext("round", "Publication"), _day(round_.publication_on)


def opening(opens_at: datetime) -> str:
    """ "måndag 15 februari 2027", with the hour where it is not midnight."""
    figures = {"day": weekday_long(opens_at), "clock": clock(opens_at)}
    if opens_at == start_of(local_date(opens_at)):
        return figures["day"]
    return _("%(day)s, from %(clock)s Swedish time") % figures


def closing(closes_at: datetime) -> str:
    """ "måndag 15 mars 2027, till midnatt svensk tid"."""
    figures = {"day": weekday_long(last_day(closes_at)), "clock": clock(closes_at)}
    if closes_at == start_of(local_date(closes_at)):
        return _("%(day)s, until midnight Swedish time") % figures
    return _("%(day)s, until %(clock)s Swedish time") % figures


def span(told: ToldRound) -> str:
    """How long it is open, in words, for a rolling round; else nothing."""
    if told.round.kind != RoundKind.ROLLING:
        return ""
    return _("Rolling, up to and including %(day)s") % {
        "day": weekday_long(last_day(told.round.closes_at))
    }


def extension_told(extension: RoundExtension) -> str:
    """The old close, the new one, why, and when that was decided."""
    figures = {
        "old": closing(extension.old_closes_at),
        "new": closing(extension.new_closes_at),
        "reason": extension.reason.strip().rstrip("."),
        "day": day(extension.at),
    }
    return (
        _(
            "Extended. The last day was to be %(old)s. New last day: %(new)s. "
            "Reason: %(reason)s. Decided %(day)s."
        )
        % figures
    )


def _start(round_: Round) -> str:
    if round_.fixed_start:
        return _("all projects start on %(day)s") % {"day": day(round_.fixed_start)}
    if round_.earliest_start:
        return _("%(day)s at the earliest") % {"day": day(round_.earliest_start)}
    return ""


def _schedule(schedule: CeilingSchedule | None) -> str:
    if schedule is None:
        return ""
    figures = {"key": schedule.key, "day": day(schedule.valid_from)}
    return _("schedule %(key)s, valid from %(day)s") % figures


def _day(value: date | None) -> str:
    return day(value) if value else ""
