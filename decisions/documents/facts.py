"""What a frozen submission shows an officer at a glance. Reads no database."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext

from decisions.amounts import Amounts, Asked, Excess, asked_in, excesses, over_guideline
from decisions.refusals import guideline_told
from funding.ceilings import MIXED_REGIONS, PART_YEAR
from funding.states import Phase
from icld_portal.formats import day, kronor, last_day, receipt_moment

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One condition: `met`, or to be looked at. `hint` says what it was judged by."""

    label: str
    met: bool
    hint: str = ""


def checks(submission, round_) -> list[Check]:
    """What ICLD asks of every application, judged by the frozen copy."""
    content = submission.data
    asked = asked_in(content)
    found = [_in_time(submission, round_), _money(asked)]
    if content["phase"] in {Phase.PROJECT, Phase.STEERING_GROUP}:
        found.append(_seats(content))
    if content["needs_preparation_reason"]:
        hint = content["no_preparation_reason"]
        found.append(Check(gettext("A granted inception comes before the project"), False, hint))
    return found + list(_flags(content))


def _in_time(submission, round_) -> Check:
    told = gettext("%(moment)s; the round was open up to and including %(day)s")
    figures = {
        "moment": receipt_moment(submission.received_at),
        "day": day(last_day(round_.closes_at)),
    }
    in_time = round_.opens_at <= submission.received_at < round_.closes_at
    if not in_time and submission.has_dispensation:
        told, in_time = gettext("%(moment)s, with dispensation"), True
    hint = told % figures
    return Check(gettext("Received in time"), in_time, hint)


def _money(asked: Asked) -> Check:
    label = gettext("The amount is within the ceiling")
    if asked.ceiling_sek is None:
        return Check(label, False, "")
    if asked.is_guideline:
        label = gettext("The amount is within the guideline")
    over = excesses(asked, asked.amounts)
    figures = {"asked": kronor(asked.total_sek), "limit": kronor(asked.ceiling_sek)}
    hint = gettext("%(asked)s of %(limit)s") % figures
    return Check(label, not over, " ".join(map(_exceeded, over)) or hint)


def _exceeded(excess: Excess) -> str:
    figures = {"asked": kronor(excess.amount_sek), "limit": kronor(excess.limit_sek)}
    if excess.year is None:
        return gettext("%(asked)s of %(limit)s") % figures
    return gettext("Year %(year)s: %(asked)s of %(limit)s.") % {**figures, "year": excess.year}


def guideline_excesses(asked: Asked, amounts: Amounts) -> list[str]:
    """Where amounts are more than a guideline amount, in words; empty when nowhere."""
    return [guideline_told(**asdict(each)) for each in over_guideline(asked, amounts)]


def _seats(content: Content) -> Check:
    vacant = [seat for seat in content["seats"] if seat["vacancy_reason"]]
    hint = "; ".join(f"{seat['party']}: {seat['vacancy_reason']}" for seat in vacant)
    return Check(gettext("The steering group is complete"), not vacant, hint)


def _flags(content: Content) -> Iterable[Check]:
    """What the ceiling was marked with, for the officer to know of."""
    flags = (content["ceiling"] or {}).get("flags", [])
    if MIXED_REGIONS in flags:
        hint = gettext("The partners are in several regions. The highest amount was used.")
        yield Check(gettext("One region decides the ceiling"), False, hint)
    if PART_YEAR in flags:
        hint = gettext("The last year is shorter than twelve months. It counts as a whole year.")
        yield Check(gettext("The period is whole years"), False, hint)
