"""Malmö's project as a case, one stride at a time."""

from uuid import UUID

import pytest

from accounts.states import Role
from applications.models import Event
from decisions import actions
from decisions.actions.choosing_criteria import criteria_of
from decisions.amounts import AskedLine, asked_in
from decisions.models import Case, CriteriaSet, Letter
from decisions.scoring import Typed
from decisions.states import Outcome
from partnerships.models import Membership
from tests.conftest import colleague
from tests.moments import AFTER_CLOSE, DECISION_DAY

REASONS = "Målen är gemensamma och mätbara. Båda parters politiska ledning står bakom styrgruppen."
CONDITIONS = "Ledamoten från oppositionen ska vara utsedd.\nRedovisning lämnas i portalen."
ASKED_SEK = 40_000


def fresh(case: Case) -> Case:
    """The case as the database has it now, loaded as its page loads it."""
    return Case.objects.for_page().get(pk=case.pk)


def lines_of(case: Case) -> tuple[AskedLine, ...]:
    """The lines of the submitted budget, in their order."""
    return asked_in(case.application.submissions.first().data).lines


def in_years(case: Case, *years_sek: int) -> dict[UUID, int]:
    """Amounts by which each year comes to a sum: its first lines get what was asked for as long as
    it lasts, and the last takes what is over."""
    amounts = {}
    for year, sum_sek in enumerate(years_sek, start=1):
        left_sek = sum_sek
        *lines, last = [line for line in lines_of(case) if line.year == year]
        for line in lines:
            amounts[line.key] = min(left_sek, line.amount_sek)
            left_sek -= amounts[line.key]
        amounts[last.key] = left_sek
    return amounts


def threes(case: Case) -> dict[str, Typed]:
    """Every criterion of the case's set with the score 3."""
    criteria_set = criteria_of(case)
    criteria = criteria_set.criteria.all() if criteria_set else ()
    return {row.key: Typed(3, "Väl motiverat.", "Avsnitt 2") for row in criteria}


def judge(case: Case, *, by, at=AFTER_CLOSE, text="Tydligt och genomförbart.", scores=None):
    """Assess and hand in."""
    actions.assess(case, text=text, scores=scores or threes(case), by=by, at=at)
    return actions.hand_in_assessment(case, by=by, at=at)


def propose(case: Case, *, by, outcome=Outcome.GRANTED, amounts=None, **options):
    options = {"reasons": REASONS, "conditions": CONDITIONS, "at": AFTER_CLOSE, **options}
    return actions.propose(case, outcome=outcome, amounts=amounts or {}, by=by, **options)


def decide(case: Case, *, by, presented_by, outcome=Outcome.GRANTED, amounts=None, **options):
    options = {"reasons": REASONS, "conditions": CONDITIONS, "at": DECISION_DAY, **options}
    return actions.decide(
        case, outcome=outcome, amounts=amounts or {}, presented_by=presented_by, by=by, **options
    )


def kinds(case: Case) -> list[str]:
    """The kinds of the case's events, the oldest first."""
    events = Event.objects.filter(application=case.application)
    return list(events.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def case(submitted):
    """Malmö's project, received and opened."""
    return fresh(actions.open_case(submitted, at=AFTER_CLOSE))


@pytest.fixture
def assessed(case, officer):
    judge(case, by=officer)
    return fresh(case)


@pytest.fixture
def proposed(assessed, officer):
    propose(assessed, by=officer)
    return fresh(assessed)


@pytest.fixture
def decided(proposed, officer, decider):
    decide(proposed, by=decider, presented_by=officer)
    return fresh(proposed)


@pytest.fixture
def released(decided, officer):
    actions.release(decided, by=officer, at=DECISION_DAY)
    return fresh(decided)


@pytest.fixture
def sent(released):
    """Released, and the worker has made the letter."""
    actions.render_next_letter(at=DECISION_DAY)
    return fresh(released)


@pytest.fixture
def letter(sent):
    return Letter.objects.get(decision__case=sent)


@pytest.fixture
def auditor(reference):
    return colleague(Role.AUDITOR, "revisor@example.org", "Eva Ask")


@pytest.fixture
def insider(malmo_stad):
    user = colleague(Role.OFFICER, "insider@example.org", "Pål Vik", Role.DECIDER)
    Membership.objects.create(user=user, organisation=malmo_stad, role="reader")
    return user


@pytest.fixture
def two_assess(reference):
    """Projects are assessed by two, not seeing each other. Comes before the first assessment."""
    CriteriaSet.objects.filter(phase="project").update(assessors=2)
