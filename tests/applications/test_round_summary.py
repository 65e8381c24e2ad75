"""What ICLD is told when a round has closed: how many came, how, and who was refused."""

from datetime import datetime, timedelta

import pytest

from applications import actions
from applications.models import Round
from applications.refusals import Incomplete, RoundClosed
from outbox.models import Message
from tests.conftest import fresh
from tests.moments import CLOSE, ENFORCED, LAST_SECOND, MID_ROUND

pytestmark = pytest.mark.django_db

LABELS = {
    "Inkomna ansökningar": "received",
    "Av dem skickade portalen in vid stängningen": "at_close",
    "Utkast som inte skickades in": "lapsed",
    "Skulle ha skickats in vid stängningen men var inte kompletta": "incomplete",
    "Försök att skicka in efter stängningen": "refused",
}


def summary(round_, officer, at=ENFORCED) -> dict[str, int]:
    """The figures of the newest mail, without those that are 0."""
    assert actions.enforce(Round.objects.get(pk=round_.pk), at=at)
    mail = Message.objects.filter(kind="officer_round_summary", address=officer.email)
    lines = [line.partition(": ") for line in mail.latest("pk").body.splitlines()]
    told = {LABELS[label]: int(count) for label, _mark, count in lines if label in LABELS}
    assert set(told) == set(LABELS.values())
    return {name: count for name, count in told.items() if count}


def ask_for_the_close(application, by) -> None:
    rows = actions.together(application, by)
    actions.submit_at_close(rows, wanted=True, by=by, at=MID_ROUND)


def attempt(application, by, at: datetime, refusal=RoundClosed) -> None:
    with pytest.raises(refusal):
        actions.submit(actions.together(fresh(application), by), by=by, at=at)


def test_an_empty_round_says_so(open_round, officer):
    assert summary(open_round, officer) == {}


def test_those_that_came_by_hand_are_told_from_none(submitted, open_round, officer):
    assert summary(open_round, officer) == {"received": 2}


def test_drafts_that_were_left_lapse(pair, open_round, officer):
    assert summary(open_round, officer) == {"lapsed": 2}


def test_those_that_the_portal_handed_in_are_counted_apart(ready, open_round, officer, malmo):
    ask_for_the_close(ready, malmo)
    assert summary(open_round, officer) == {"received": 2, "at_close": 2}


def test_those_that_were_not_complete_too(ready, open_round, officer, malmo):
    actions.save_details(ready, {"title_en": ""}, by=malmo, at=MID_ROUND)
    ask_for_the_close(ready, malmo)
    counts = {"received": 1, "at_close": 1, "lapsed": 1, "incomplete": 1}
    assert summary(open_round, officer) == counts


def test_changes_that_were_not_complete_lapse_nothing(submitted, open_round, officer, malmo):
    ask_for_the_close(submitted, malmo)
    actions.save_details(submitted, {"title_sv": ""}, by=malmo, at=MID_ROUND)
    assert summary(open_round, officer) == {"received": 2, "incomplete": 1}


def test_a_version_that_the_portal_adds_is_counted_once(submitted, open_round, officer, malmo):
    ask_for_the_close(submitted, malmo)
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=LAST_SECOND)
    assert summary(open_round, officer) == {"received": 2, "at_close": 1}


def test_attempts_after_the_close_are_counted_and_a_pair_is_one(ready, open_round, officer, malmo):
    for seconds in (0, 1, 300):
        attempt(ready, malmo, CLOSE + timedelta(seconds=seconds))
    assert summary(open_round, officer) == {"lapsed": 2, "refused": 3}


def test_attempts_before_it_are_not(draft, open_round, officer, malmo):
    attempt(draft, malmo, LAST_SECOND, Incomplete)
    assert summary(open_round, officer) == {"lapsed": 2}


def test_a_round_that_is_extended_and_closes_again_is_told_again(ready, open_round, officer, malmo):
    attempt(ready, malmo, CLOSE)
    assert summary(open_round, officer) == {"lapsed": 2, "refused": 1}
    reasons = {"reason_sv": "Avbrott", "reason_en": "Outage"}
    moved, at = CLOSE + timedelta(days=2), ENFORCED + timedelta(hours=8)
    actions.extend_round(open_round, closes_at=moved, by=officer, at=at, **reasons)
    actions.submit(actions.together(fresh(ready)), by=malmo, at=at + timedelta(hours=1))
    assert summary(open_round, officer, moved + timedelta(minutes=10)) == {"received": 2}
