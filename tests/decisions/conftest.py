"""Malmö's project as a case, one stride at a time."""

import pytest

from applications.models import Event
from decisions import actions
from decisions.models import Case, Letter
from decisions.states import Outcome
from tests.moments import AFTER_CLOSE, DECISION_DAY

REASONS = "Målen är gemensamma och mätbara. Båda parters politiska ledning står bakom styrgruppen."
CONDITIONS = "Ledamoten från oppositionen ska vara utsedd.\nRedovisning lämnas i portalen."
ASKED_SEK = 40_000


def fresh(case: Case) -> Case:
    """The case as the database has it now, loaded as its page loads it."""
    return Case.objects.for_page().get(pk=case.pk)


def propose(case: Case, *, by, outcome=Outcome.GRANTED, amounts=(ASKED_SEK,), **options):
    options = {"reasons": REASONS, "conditions": CONDITIONS, "at": AFTER_CLOSE, **options}
    return actions.propose(case, outcome=outcome, amounts=list(amounts), by=by, **options)


def decide(
    case: Case, *, by, presented_by, outcome=Outcome.GRANTED, amounts=(ASKED_SEK,), **options
):
    options = {"reasons": REASONS, "conditions": CONDITIONS, "at": DECISION_DAY, **options}
    return actions.decide(
        case, outcome=outcome, amounts=list(amounts), presented_by=presented_by, by=by, **options
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
    actions.assess(case, text="Tydligt och genomförbart.", by=officer, at=AFTER_CLOSE)
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
