"""What ICLD did with the demo's cases, through the real actions, at the times of those days."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from applications.models import Application
from decisions import actions
from decisions.actions.choosing_criteria import criteria_of
from decisions.amounts import Asked, asked_in, fitting_outcome
from decisions.models import Case, CriteriaSet
from decisions.scoring import Typed
from funding.states import Phase
from icld_portal import clock
from icld_portal.demo.moments import first_workday, on_day
from icld_portal.demo.scene import Scene
from icld_portal.demo.tables import CaseFacts, table

STEPS = ("received", "assessed", "proposed", "decided", "released")
AMOUNT_INVENTED = "Beloppet är påhittat för provläget."
CASE_INVENTED = "Ärendet är påhittat för provläget."
"""Stands in every decision, since letters are read outside the portal too."""
ASSESSMENTS = (
    "Ansökan är komplett och håller sig inom takbeloppet. Parternas problem är gemensamt och väl "
    "beskrivet, och båda sidor lär av varandra.",
    "Parterna är behöriga och budgeten följer reglerna. Målen är realistiska för tiden, och "
    "kärnområdet är tydligt i aktiviteterna.",
    "Förankringen är god hos båda parter. Kopplingen mellan utmaning och mål håller, och "
    "kostnaderna är rimliga för det som ska göras.",
)


def handle(
    facts: CaseFacts, applications: Sequence[Application], scene: Scene, number: int
) -> None:
    """Take a case, and its steering group's, as far as `facts.until` says.

    `number` is the case's place in its round: cases are dealt with one after the other.
    """
    for application in applications:
        received_at = application.submissions.first().received_at
        case = actions.open_case(application, at=received_at + timedelta(minutes=1))
        if facts.until != "received":
            _Desk(facts, case, scene, number).work()


SCORE_REASONS = {
    3: "Beskrivs tydligt. Ett par uppgifter behöver följas upp.",
    4: "Beskrivs konkret, med ansvariga på båda sidor.",
}
SCORE_PLACE = "Projektplanen och budgeten"
OFFICERS = ("handlaggare@example.org", "handlaggare2@example.org")


def _colleague_of(email: str) -> str:
    """The other of the two officers."""
    return next(each for each in OFFICERS if each != email)


class _Desk:
    """One case on its way: the steps as they are listed in STEPS."""

    def __init__(self, facts: CaseFacts, case: Case, scene: Scene, number: int) -> None:
        self.facts, self.case, self.number = facts, case, number
        self.round = case.application.round
        self.steering = case.application.phase == Phase.STEERING_GROUP
        self.officer = scene.person(facts.officer)
        self.assessors = [self.officer, scene.person(_colleague_of(facts.officer))]
        self.decider = scene.person(facts.decider) if facts.decider else None

    def work(self) -> None:
        steps = (self.assess, self.propose, self.decide, self.release)
        for step in steps[: STEPS.index(self.facts.until)]:
            step()

    def assess(self) -> None:
        day = clock.local_date(self.round.closes_at) + timedelta(days=22 + self.number % 6)
        at = self._at(on_day(first_workday(day), time(13, 10)), 4)
        actions.assign(self.case, officer=self.officer, by=self.officer, at=at)
        text = self.facts.assessment or ASSESSMENTS[self.number % len(ASSESSMENTS)]
        criteria_set = criteria_of(self.case)
        for place, assessor in enumerate(self.assessors[: criteria_set.assessors]):
            when, scores = at + timedelta(minutes=50 * place), self._scores(criteria_set, place)
            actions.assess(self.case, text=text, scores=scores, by=assessor, at=when)
            actions.hand_in_assessment(self.case, by=assessor, at=when)
        if criteria_set.assessors > 1:
            self.case.refresh_from_db()
            when, scores = at + timedelta(hours=3), self._scores(criteria_set, 0)
            actions.agree(self.case, text=text, scores=scores, by=self.officer, at=when)

    def _scores(self, criteria_set: CriteriaSet, place: int) -> dict[str, Typed]:
        """Made up: mostly 3 and 4, and the second assessor sees some things otherwise."""
        found = {}
        for number, criterion in enumerate(criteria_set.criteria.all()):
            value = 3 + (self.number + number * (2 + place)) % 5 % 2
            found[criterion.key] = Typed(value, SCORE_REASONS[value], SCORE_PLACE)
        return found

    def propose(self) -> None:
        day = first_workday(self.round.decision_on - timedelta(days=6))
        at = self._at(on_day(day, time(14, 0)), 6)
        actions.propose(self.case, **self._answer(), by=self.officer, at=at)

    def decide(self) -> None:
        actions.decide(
            self.case,
            **self._answer(),
            presented_by=self.officer,
            guideline_accepted=True,
            by=self.decider,
            at=self._at(on_day(self.round.decision_on, time(10, 0)), 9),
        )

    def release(self) -> None:
        """Tell the parties, and make the letter at once: the worker would make it and mail it
        today, years after the decision."""
        at = self._at(on_day(self.round.notice_on, time(9, 0)), 2)
        actions.release(self.case, by=self.officer, at=at)
        actions.render_next_letter(at=at + timedelta(seconds=20))

    def _at(self, moment: datetime, minutes: int) -> datetime:
        return moment + timedelta(minutes=minutes * self.number + self.steering)

    def _answer(self) -> dict:
        """Outcome, amounts, reasons and conditions of the project or of its steering group."""
        facts = self.facts
        amounts = facts.steering_granted if self.steering else facts.granted
        asked = asked_in(self.case.application.submissions.first().data)
        reasons = self._steering_reasons(sum(amounts)) if self.steering else facts.reasons
        return {
            "outcome": fitting_outcome(asked, sum(amounts)),
            "amounts": lowered(asked, amounts),
            "reasons": f"{reasons} {AMOUNT_INVENTED if sum(amounts) else CASE_INVENTED}",
            "conditions": facts.steering_conditions if self.steering else facts.conditions,
        }

    def _steering_reasons(self, amount_sek: int) -> str:
        words = table("steering")["reasons"]
        standing = words["granted"] if amount_sek else words["rejected"]
        return self.facts.steering_reasons or standing


def lowered(asked: Asked, years_sek: Sequence[int]) -> dict[UUID, int]:
    """Amounts for the lines that make each year come to its sum: the largest lines give first."""
    amounts = {}
    for year, year_sek in zip(asked.years, years_sek, strict=True):
        short_sek = year.asked_sek - year_sek
        lines = [line for line in asked.lines if line.year == year.number]
        for line in sorted(lines, key=lambda line: -line.amount_sek):
            less_sek = min(short_sek, line.amount_sek)
            if less_sek:
                amounts[line.key] = line.amount_sek - less_sek
            short_sek -= less_sek
    return amounts
