"""Who may apply for what, as a table: for each topic exactly one row holds, whatever is said."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness import MAX_MONTHS
from applications.eligibility.circumstances import (
    MONTHS,
    CanWait,
    Circumstances,
    History,
    Partner,
)
from funding.states import Phase


class Weight(StrEnum):
    GOOD = "good"
    CARE = "care"
    STOP = "stop"


@dataclass(frozen=True)
class Rule:
    code: str
    topic: str
    weight: Weight
    holds: Callable[[Circumstances], bool]
    message: Any


def _too_long(c: Circumstances) -> bool:
    return MONTHS[c.length] > MAX_MONTHS[c.phase]


def _builds_on_project(c: Circumstances) -> bool:
    return c.phase in (Phase.DEVELOPMENT, Phase.DISSEMINATION)


RULES = (
    Rule(
        "may_apply",
        "applicant",
        Weight.GOOD,
        lambda c: c.may_apply and not c.needs_owner,
        _("You are a kind of organisation that may apply."),
    ),
    Rule(
        "needs_owner",
        "applicant",
        Weight.CARE,
        lambda c: c.may_apply and c.needs_owner,
        _(
            "You may apply together with the municipality or region that owns or governs you. It "
            "is named in the application: talk with it first."
        ),
    ),
    Rule(
        "abroad",
        "applicant",
        Weight.STOP,
        lambda c: not c.may_apply and c.is_abroad,
        _(
            "A Swedish municipality or region applies, and is accountable for the money. Ask your "
            "Swedish partner to begin the application: you can then write in it together."
        ),
    ),
    Rule(
        "takes_part",
        "applicant",
        Weight.STOP,
        lambda c: not c.may_apply and not c.is_abroad and c.takes_part,
        _(
            "Universities and associations can take part, but do not apply. A municipality or "
            "region applies and names you among the other actors: talk with one."
        ),
    ),
    Rule(
        "may_not_apply",
        "applicant",
        Weight.STOP,
        lambda c: not (c.may_apply or c.is_abroad or c.takes_part),
        _(
            "Private companies and private persons cannot apply. The grant is for "
            "municipalities, regions and bodies that they own or govern."
        ),
    ),
    Rule(
        "country_open",
        "country",
        Weight.GOOD,
        lambda c: bool(c.country) and c.country_open,
        _("%(country)s is open for new applications."),
    ),
    Rule(
        "country_closed",
        "country",
        Weight.STOP,
        lambda c: bool(c.country) and not c.country_open,
        _(
            "%(country)s takes no new applications. What has been granted goes on. For something "
            "new, choose a partner in a country that is open."
        ),
    ),
    Rule(
        "country_unknown",
        "country",
        Weight.CARE,
        lambda c: not c.country,
        _(
            "The partner must be in one of the partner countries. You can begin a draft without "
            "a partner, but not submit it."
        ),
    ),
    Rule(
        "partner_government",
        "partner",
        Weight.GOOD,
        lambda c: c.partner == Partner.GOVERNMENT,
        _("A local or regional government abroad is the right kind of partner."),
    ),
    Rule(
        "partner_other",
        "partner",
        Weight.STOP,
        lambda c: c.partner == Partner.OTHER,
        _(
            "The partner must be a local or regional government. Others can take part beside it: "
            "ask which municipality or region they work with."
        ),
    ),
    Rule(
        "partner_none",
        "partner",
        Weight.CARE,
        lambda c: c.partner == Partner.NONE,
        _("You need a partner before you submit. ICLD helps you to look for one: contact us."),
    ),
    Rule(
        "first_step",
        "history",
        Weight.GOOD,
        lambda c: c.phase == Phase.PREPARATION and c.history == History.NOTHING,
        _("An inception is how most partnerships begin."),
    ),
    Rule(
        "had_inception",
        "history",
        Weight.CARE,
        lambda c: c.phase == Phase.PREPARATION and c.history != History.NOTHING,
        _(
            "You have come further than an inception with this partner. Most go on with a project; "
            "an existing partnership can be widened with development/expansion."
        ),
    ),
    Rule(
        "project_after_inception",
        "history",
        Weight.GOOD,
        lambda c: c.phase == Phase.PROJECT and c.history != History.NOTHING,
        _(
            "A project follows on what you have done together. It needs a steering group: you "
            "apply for that at the same time, unless you have one with a grant."
        ),
    ),
    Rule(
        "project_without_inception",
        "history",
        Weight.CARE,
        lambda c: c.phase == Phase.PROJECT and c.history == History.NOTHING,
        _(
            "An inception usually comes first. Without one the application asks why you are ready. "
            "A project needs a steering group: you apply for that at the same time."
        ),
    ),
    Rule(
        "steering_group",
        "history",
        Weight.GOOD,
        lambda c: c.phase == Phase.STEERING_GROUP,
        _(
            "A steering group leads one or more projects: apply for it together with the project, "
            "or beside one that you have."
        ),
    ),
    Rule(
        "builds_on_project",
        "history",
        Weight.GOOD,
        lambda c: _builds_on_project(c) and c.history == History.PROJECT,
        _("%(phase)s builds on a project that is running or has ended, and you have one."),
    ),
    Rule(
        "no_project_yet",
        "history",
        Weight.STOP,
        lambda c: _builds_on_project(c) and c.history != History.PROJECT,
        _(
            "%(phase)s builds on a project with the same partner and what came of it. Begin with "
            "an inception or a project instead."
        ),
    ),
    Rule(
        "length_fits",
        "length",
        Weight.GOOD,
        lambda c: not _too_long(c),
        _("The length fits: %(phase)s can last at most %(months)s months."),
    ),
    Rule(
        "too_long",
        "length",
        Weight.STOP,
        _too_long,
        _(
            "%(phase)s can last at most %(months)s months. Plan for less, and apply again for "
            "what comes after."
        ),
    ),
    Rule(
        "can_wait",
        "money",
        Weight.GOOD,
        lambda c: c.can_wait == CanWait.YES,
        _(
            "Good: ICLD pays once a year, after the work is done and your report has been "
            "approved. No co-financing is required."
        ),
    ),
    Rule(
        "cannot_wait",
        "money",
        Weight.STOP,
        lambda c: c.can_wait == CanWait.NO,
        _(
            "ICLD pays once a year, after the work is done and your report has been approved, so "
            "somebody must pay first. Ask your economy office, or the municipality or region that "
            "owns you, whether it can lay out the money."
        ),
    ),
    Rule(
        "ask_who_pays_first",
        "money",
        Weight.CARE,
        lambda c: c.can_wait == CanWait.UNSURE,
        _(
            "Ask your economy office before you begin: ICLD pays once a year, after the work is "
            "done and your report has been approved. Until then you lay out the money."
        ),
    ),
    Rule(
        "phase_not_offered",
        "round",
        Weight.STOP,
        lambda c: bool(c.round_name) and not c.phase_offered,
        _("In %(round)s one cannot apply for %(phase)s. Choose another phase, or ask ICLD when."),
    ),
    Rule(
        "round_open",
        "round",
        Weight.GOOD,
        lambda c: bool(c.round_closes) and c.phase_offered,
        _("%(round)s is open %(closes)s."),
    ),
    Rule(
        "round_later",
        "round",
        Weight.CARE,
        lambda c: bool(c.round_opens) and c.phase_offered,
        _("No round is open now. %(round)s opens on %(opens)s: then you can begin."),
    ),
    Rule(
        "no_round",
        "round",
        Weight.CARE,
        lambda c: not c.round_name,
        _("No round is open now, and the next has not been decided yet."),
    ),
)
