"""Cases of the demo, from the first draft to the moment they are handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from applications import actions
from applications.actions.signing import Signer
from applications.actions.submitting import together
from applications.models import Application, Round, SignatureRequest
from funding.states import Phase
from icld_portal.demo import filling, plans
from icld_portal.demo.budgets import lines_for
from icld_portal.demo.moments import on_day
from icld_portal.demo.organisations import partnership_of
from icld_portal.demo.scene import Scene
from icld_portal.demo.tables import CaseFacts, table
from icld_portal.formats import last_day
from partnerships.states import Side

WRITING_TIME = timedelta(days=9)
SIGNING_TIME = timedelta(minutes=25)
IN_THE_PORTAL = ("previous", "open")
"""Rounds whose signatories got their links from the portal."""

SIGNATORIES = {
    Side.SWEDISH: {
        "title": "styrelsens ordförande",
        "mandate": "delegationsordningen",
        "language": "sv",
    },
    Side.INTERNATIONAL: {"title": "Mayor", "mandate": "Office", "language": "en"},
}
NO_PREPARATION = (
    "Vi har samarbetat i flera år och vet vad vi vill göra. En förberedelse behövs inte."
)


@dataclass(frozen=True)
class Sheet:
    """What one application says: the project's own, or its steering group's."""

    titles: dict[str, str]
    answers: dict[str, str]
    asked: Sequence[int]
    plan: str = ""


def received_at(facts: CaseFacts, round_: Round) -> datetime:
    """When the case was handed in."""
    day: date = last_day(round_.closes_at) - timedelta(days=facts.days_before_close)
    return on_day(day, time.fromisoformat(facts.clock))


def hand_in(facts: CaseFacts, scene: Scene) -> list[Application]:
    """Write and submit a case, with its steering group: [project, steering group] or one."""
    round_ = scene.rounds[facts.round]
    at = received_at(facts, round_)
    begun_at = max(round_.opens_at + timedelta(hours=9), at - WRITING_TIME)
    by = scene.coordinator(facts.applicant)
    drafts = begin(scene, facts.applicant, facts.partner, facts.phase, round_, begun_at)
    signatories = _signatories(facts, scene)
    for draft, sheet in zip(drafts, _sheets(facts, scene), strict=True):
        _fill(draft, facts, sheet, scene, begun_at)
        filling.declare(draft, signatories, by=by, at=begun_at)
    if len(drafts) > 1:
        filling.fill_seats(
            drafts[0],
            scene.names,
            by=by,
            at=begun_at,
            no_opposition_abroad=facts.no_opposition_abroad,
        )
    actions.submit(together(drafts[0]), by=by, at=at)
    _sign(drafts, at + SIGNING_TIME, everybody=facts.round != "open")
    return drafts


def begin(
    scene: Scene, applicant: str, partner: str | None, phase: str, round_: Round, at: datetime
) -> list[Application]:
    """Begin a draft, with a steering group beside a project, in the partnership if there is one."""
    ours = scene.organisations.by_code(applicant)
    theirs = scene.organisations.by_code(partner) if partner else None
    known = partnership_of(ours, theirs) if theirs else None
    return actions.start(
        ours,
        phase=Phase(phase),
        round=round_,
        partnership=known,
        partner=None if known else theirs,
        with_steering_group=phase == Phase.PROJECT,
        by=scene.coordinator(applicant),
        at=at,
    )


def _signatories(facts: CaseFacts, scene: Scene) -> dict[str, dict[str, str]]:
    """Who signs for each side. In the archive's rounds one signed on paper, without the portal."""
    ours, theirs = dict(SIGNATORIES[Side.SWEDISH]), dict(SIGNATORIES[Side.INTERNATIONAL])
    ours["name"] = scene.names.next("SE")
    partner = scene.organisations.by_code(facts.partner) if facts.partner else None
    if partner is None or facts.round not in IN_THE_PORTAL:
        return {Side.SWEDISH: {"name": ours["name"], "title": ours["title"]}}
    theirs["name"] = scene.names.next(partner.country.code)
    ours["email"], theirs["email"] = (filling.address_of(each["name"]) for each in (ours, theirs))
    return {Side.SWEDISH: ours, Side.INTERNATIONAL: theirs}


def _sign(drafts: Sequence[Application], at: datetime, *, everybody: bool) -> None:
    """The links that were sent are used: by everybody, or by the applicant's signatory alone."""
    asked = SignatureRequest.objects.filter(submission__application__in=drafts).order_by("pk")
    for each in asked if everybody else asked.filter(party__side=Side.SWEDISH):
        signer = Signer(each.name, each.title, each.mandate)
        actions.sign(each, signer, by=None, at=at)


def _sheets(facts: CaseFacts, scene: Scene) -> list[Sheet]:
    titles = {"title_sv": facts.title_sv, "title_en": facts.title_en}
    own = Sheet(titles, facts.answers, facts.asked, facts.plan)
    if facts.phase != Phase.PROJECT:
        return [own]
    words, figures = table("steering"), _figures(facts, scene)
    return [
        own,
        Sheet(
            {name: words[name].format(**figures) for name in titles},
            {place: text.format(**figures) for place, text in words["answers"].items()},
            facts.steering_asked,
            "steering" if facts.plan else "",
        ),
    ]


def _figures(facts: CaseFacts, scene: Scene) -> dict[str, str]:
    return {
        "applicant": scene.organisations.by_code(facts.applicant).display_name,
        "partner": scene.organisations.by_code(facts.partner).display_name,
        "title_sv": facts.title_sv,
        "title_en": facts.title_en,
    }


def _asked(draft: Application, answers: dict[str, str]) -> dict[str, str]:
    """Those that the form asks for: earlier rounds asked for few."""
    keys = plans.asked_of(draft)
    return {place: text for place, text in answers.items() if place.rsplit("-", 1)[0] in keys}


def _fill(draft: Application, facts: CaseFacts, sheet: Sheet, scene: Scene, at: datetime) -> None:
    by = scene.coordinator(facts.applicant)
    first, last = filling.period(draft.round, len(sheet.asked))
    details = {
        **sheet.titles,
        **filling.own_reference(scene.organisations.by_code(facts.applicant), draft.round),
        "starts_on": first,
        "ends_on": last,
        "no_preparation_reason": NO_PREPARATION if draft.phase == Phase.PROJECT else "",
        **facts.details,
    }
    actions.save_details(draft, details, by=by, at=at)
    filling.fill_answers(draft, _asked(draft, sheet.answers), by=by, at=at)
    goals = plans.goals_of(sheet.plan)
    filling.fill_areas(draft, facts.area, facts.areas, facts.core, goals=goals, by=by, at=at)
    plans.fill_tables(draft, sheet.plan, scene.names, by=by, at=at)
    plans.add_files(draft, by=by, at=at)
    for year, amount_sek in enumerate(sheet.asked, start=1):
        filling.fill_budget(draft, year, lines_for(draft.phase, amount_sek), by=by, at=at)
    if draft.phase == Phase.STEERING_GROUP and facts.guideline_reason:
        reason = {"guideline_reason": facts.guideline_reason}
        actions.save_reasons(draft, reason, by=by, at=at)
