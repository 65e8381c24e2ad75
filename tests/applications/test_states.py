"""The state table over its full product."""

import itertools

import pytest

from applications.actions.writing import ensure_move
from applications.models import Application
from applications.refusals import IllegalMove
from applications.states import MOVES, OUTCOMES, UNSUBMITTED, ApplicationState

S = ApplicationState
LEGAL = {
    (S.DRAFT, S.SUBMITTED),
    (S.DRAFT, S.LAPSED),
    (S.LAPSED, S.DRAFT),
    (S.LAPSED, S.SUBMITTED),
    (S.SUBMITTED, S.SUBMITTED),
    (S.SUBMITTED, S.COMPLETING),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.COMPLETING, S.SUBMITTED),
    (S.COMPLETING, S.WITHDRAWN),
    (S.WITHDRAWN, S.CLOSED),
    (S.DISMISSED, S.SUBMITTED),
    *((state, outcome) for state in (S.SUBMITTED, S.COMPLETING) for outcome in OUTCOMES),
    *((outcome, S.CLOSED) for outcome in OUTCOMES),
}


@pytest.mark.parametrize(("state", "target"), itertools.product(S, S))
def test_every_move_is_either_legal_or_refused(state, target):
    application = Application(state=state)
    if (state, target) in LEGAL:
        ensure_move(application, target)
    else:
        with pytest.raises(IllegalMove):
            ensure_move(application, target)


def test_the_table_names_every_state():
    assert set(MOVES) == set(S)


def test_what_has_been_handed_in_is_never_a_draft_again():
    assert not any(UNSUBMITTED & MOVES[state] for state in S if state not in UNSUBMITTED)
