"""Cases of the demo, from the first draft to the moment they are handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from applications import actions
from applications.actions.submitting import together
from applications.models import Application, Round
from funding.states import Phase
from icld_portal.demo import filling
from icld_portal.demo.budgets import lines_for
from icld_portal.demo.moments import on_day
from icld_portal.demo.organisations import partnership_of
from icld_portal.demo.scene import Scene
from icld_portal.demo.tables import CaseFacts, table
from icld_portal.formats import last_day

WRITING_TIME = timedelta(days=9)
NO_PREPARATION = (
    "Vi har samarbetat i flera år och vet vad vi vill göra. En förberedelse behövs inte."
)


@dataclass(frozen=True)
class Sheet:
    """What one application says: the project's own, or its steering group's."""

    titles: dict[str, str]
    answers: dict[str, str]
    asked: Sequence[int]


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
    signatory = scene.names.next("SE")
    for draft, sheet in zip(drafts, _sheets(facts, scene), strict=True):
        _fill(draft, facts, sheet, scene, begun_at)
        filling.declare(draft, signatory, by=by, at=begun_at)
    if len(drafts) > 1:
        filling.fill_seats(
            drafts[0],
            scene.names,
            by=by,
            at=begun_at,
            no_opposition_abroad=facts.no_opposition_abroad,
        )
    actions.submit(together(drafts[0]), by=by, at=at)
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


def _sheets(facts: CaseFacts, scene: Scene) -> list[Sheet]:
    titles = {"title_sv": facts.title_sv, "title_en": facts.title_en}
    own = Sheet(titles, facts.answers, facts.asked)
    if facts.phase != Phase.PROJECT:
        return [own]
    words, figures = table("steering"), _figures(facts, scene)
    return [
        own,
        Sheet(
            {name: words[name].format(**figures) for name in titles},
            {place: text.format(**figures) for place, text in words["answers"].items()},
            facts.steering_asked,
        ),
    ]


def _figures(facts: CaseFacts, scene: Scene) -> dict[str, str]:
    return {
        "applicant": scene.organisations.by_code(facts.applicant).display_name,
        "partner": scene.organisations.by_code(facts.partner).display_name,
        "title_sv": facts.title_sv,
        "title_en": facts.title_en,
    }


def _fill(draft: Application, facts: CaseFacts, sheet: Sheet, scene: Scene, at: datetime) -> None:
    by = scene.coordinator(facts.applicant)
    first, last = filling.period(draft.round, len(sheet.asked))
    details = {
        **sheet.titles,
        **filling.own_reference(scene.organisations.by_code(facts.applicant), draft.round),
        "starts_on": first,
        "ends_on": last,
        "no_preparation_reason": NO_PREPARATION if draft.phase == Phase.PROJECT else "",
    }
    actions.save_details(draft, details, by=by, at=at)
    filling.fill_answers(draft, sheet.answers, by=by, at=at)
    filling.fill_areas(draft, facts.area, facts.areas, facts.core, by=by, at=at)
    for year, amount_sek in enumerate(sheet.asked, start=1):
        filling.fill_budget(draft, year, lines_for(draft.phase, amount_sek), by=by, at=at)
    if draft.phase == Phase.STEERING_GROUP and facts.guideline_reason:
        reason = {"guideline_reason": facts.guideline_reason}
        actions.save_reasons(draft, reason, by=by, at=at)
