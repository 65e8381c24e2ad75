"""The state table of a case, over its full product."""

from itertools import product

import pytest

from applications.states import ApplicationState
from decisions import actions
from decisions.models import Case, Decision, Letter
from decisions.states import MOVES, CaseState, Outcome
from funding.actions import copy_budget
from icld_portal.refusals import Refusal
from tests.decisions.conftest import ASKED_SEK, REASONS, decide, judge, propose
from tests.moments import AFTER_CLOSE, DECISION_DAY

EXPECTED = {
    ("received", "screening"),
    ("received", "assessment"),
    ("screening", "assessment"),
    ("assessment", "assessment"),
    ("assessment", "proposed"),
    ("proposed", "assessment"),
    ("proposed", "proposed"),
    ("proposed", "decided"),
    ("proposed", "deferred"),
    ("decided", "released"),
    ("deferred", "assessment"),
    ("deferred", "proposed"),
    ("deferred", "decided"),
}


@pytest.mark.parametrize(("state", "target"), product(CaseState, CaseState))
def test_the_table_of_moves(state, target):
    assert (target in MOVES[state]) == ((state.value, target.value) in EXPECTED)


def test_every_outcome_is_a_state_that_the_applicant_may_know():
    assert {str(outcome) for outcome in Outcome} <= set(ApplicationState.values)


WORKS_IN = {
    "assess": {"received", "screening", "assessment", "deferred"},
    "propose": {"assessment", "proposed", "deferred"},
    "decide": {"proposed", "deferred"},
    "release": {"decided"},
}
"""Where each verb is allowed. Assessments are locked by a proposal, whatever the table knows."""


@pytest.fixture
def stands(case, officer, officer2, decider):
    """`stands(state)`: the case in a state, with the rows that every state may need."""

    def put(state: CaseState) -> Case:
        if state != CaseState.RECEIVED:
            judge(case, by=officer2)
        if state in {CaseState.DECIDED, CaseState.RELEASED}:
            submission = case.application.submissions.first()
            decision = Decision.objects.create(
                case=case,
                submission=submission,
                budget=copy_budget(submission.budget),
                outcome=Outcome.GRANTED,
                amount_sek=ASKED_SEK,
                reasons=REASONS,
                decided_by=decider,
                presented_by=officer,
                decided_at=DECISION_DAY,
            )
            Letter.objects.create(decision=decision, template_version="1")
        Case.objects.filter(pk=case.pk).update(state=state)
        return Case.objects.get(pk=case.pk)

    return put


@pytest.mark.parametrize(("verb", "state"), product(WORKS_IN, CaseState))
def test_each_verb_works_where_it_may_and_nowhere_else(verb, state, stands, officer, decider):
    case = stands(state)
    verbs = {
        "assess": lambda: judge(case, by=officer, at=AFTER_CLOSE),
        "propose": lambda: propose(case, by=officer),
        "decide": lambda: decide(case, by=decider, presented_by=officer),
        "release": lambda: actions.release(case, by=officer, at=DECISION_DAY),
    }
    if state in WORKS_IN[verb]:
        verbs[verb]()
        return
    with pytest.raises(Refusal) as refused:
        verbs[verb]()
    assert refused.value.text()
    assert Case.objects.get(pk=case.pk).state == state
