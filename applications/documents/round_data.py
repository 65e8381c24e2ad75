"""A round as data for other programs: the public JSON feed. Its keys are a promise; `KEYS` says
what each holds, and the public page shows that."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from applications.documents.round_list import ToldRound
from applications.models import RoundExtension
from icld_portal.clock import stockholm
from icld_portal.formats import last_day

KEYS = {
    "public_id": _("The round's own number, which never changes."),
    "kind": _("regular, extra or rolling"),
    "name": _("In Swedish (sv) and English (en)."),
    "opens_at": _("The first moment one can apply, with the offset of Swedish time."),
    "closes_at": _("The first moment outside: 16 March 00:00 for 15 March."),
    "last_day": _("The last day one can apply."),
    "state": _("upcoming, open or closed. A round that is not ready to open is upcoming."),
    "phases": _("preparation, project, steering_group, development, dissemination"),
    "network": _("The network whose members may apply, or null for everybody."),
    "fixed_start": _("The day on which all projects start, or null."),
    "earliest_start": _("The earliest day a project may start, or null."),
    "decision_on": _("The day of decision, or null."),
    "notice_on": _("By when applicants are told, or null."),
    "publication_on": _("When the decisions are published, or null."),
    "extended": _("Every extension, the first one first: old and new close, reason, and when."),
}


def feed(rounds: list[ToldRound], at: datetime) -> dict[str, Any]:
    return {"generated_at": _moment(at), "rounds": [_as_data(told) for told in rounds]}


def _as_data(told: ToldRound) -> dict[str, Any]:
    round_ = told.round
    return {
        "public_id": str(round_.public_id),
        "kind": str(round_.kind),
        "name": _named(round_),
        "opens_at": _moment(round_.opens_at),
        "closes_at": _moment(round_.closes_at),
        "last_day": last_day(round_.closes_at).isoformat(),
        "state": str(told.state),
        "phases": [str(phase) for phase in told.phases],
        "network": _named(round_.network) if round_.network else None,
        "fixed_start": _day(round_.fixed_start),
        "earliest_start": _day(round_.earliest_start),
        "decision_on": _day(round_.decision_on),
        "notice_on": _day(round_.notice_on),
        "publication_on": _day(round_.publication_on),
        "extended": [_extension(each) for each in reversed(told.extensions)],
    }


def _extension(extension: RoundExtension) -> dict[str, Any]:
    return {
        "old_closes_at": _moment(extension.old_closes_at),
        "new_closes_at": _moment(extension.new_closes_at),
        "reason": {"sv": extension.reason_sv, "en": extension.reason_en},
        "at": _moment(extension.at),
    }


def _named(thing) -> dict[str, str]:
    """What names itself by the active language, in each."""
    names = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            names[language] = thing.name
    return names


def _moment(moment: datetime) -> str:
    return stockholm(moment).isoformat()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
