"""Title, partner and period."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import BASICS, MAX_MONTHS, PARTIES, Missing
from funding.states import Phase
from partnerships.states import Side


def missing_basics(content: Mapping[str, Any]) -> Iterable[Missing]:
    if not content["titles"]["sv"]:
        yield Missing(BASICS, "title_sv", _("Write the title in Swedish"), code="no_title_sv")
    if not content["titles"]["en"]:
        yield Missing(BASICS, "title_en", _("Write the title in English"), code="no_title_en")
    sides = {party["side"] for party in content["parties"]}
    if Side.INTERNATIONAL not in sides:
        message = _("Choose a partner: until then this is a draft that seeks one")
        yield Missing(PARTIES, "partner", message, code="no_partner")
    yield from _period(content)
    if content["phase"] == Phase.PROJECT and not content["has_steering_group"]:
        message = _("Apply for a steering group together with the project: it has none yet")
        yield Missing(PARTIES, "steering_group", message, code="no_steering_group")
    if content["needs_preparation_reason"] and not content["no_preparation_reason"]:
        message = _("Say why you apply for a project without an inception first")
        yield Missing(BASICS, "no_preparation_reason", message, code="no_preparation_reason")


def _period(content: Mapping[str, Any]) -> Iterable[Missing]:
    period = content["period"]
    if not (period["starts_on"] and period["ends_on"]):
        yield Missing(BASICS, "starts_on", _("Fill in the first and last day"), code="no_dates")
        return
    longest = MAX_MONTHS[content["phase"]]
    if period["months"] > longest:
        message = _("The period is %(months)s months; it may be at most %(longest)s")
        figures = {"months": period["months"], "longest": longest}
        yield Missing(BASICS, "ends_on", message, figures, code="period_too_long")
    fixed = content["round"].get("fixed_start")
    if fixed and period["starts_on"] != fixed:
        message = _("The first day must be %(fixed)s, as for everybody in this round")
        figures = {"fixed": date.fromisoformat(fixed)}
        yield Missing(BASICS, "starts_on", message, figures, code="start_not_fixed")
    earliest = content["round"]["earliest_start"]
    if earliest and period["starts_on"] < earliest:
        message = _("The first day may not be before %(earliest)s, the earliest in this round")
        figures = {"earliest": date.fromisoformat(earliest)}
        yield Missing(BASICS, "starts_on", message, figures, code="start_too_early")
