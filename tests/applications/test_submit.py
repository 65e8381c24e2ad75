"""Handing in: what counts, when, once, and what is kept when it is refused."""

import json
from datetime import timedelta

import pytest

from applications import actions
from applications.canonical import sha256
from applications.documents.snapshot import snapshot
from applications.models import DiaryCounter, Event, Submission
from applications.refusals import IllegalMove, Incomplete, RoundClosed, RoundNotOpen
from applications.states import ApplicationState
from funding.money import MAX_AMOUNT_SEK
from funding.states import Phase
from outbox.models import Message
from tests.builders import TITLES, add_line
from tests.conftest import fresh
from tests.moments import CLOSE, LAST_SECOND, MID_ROUND

pytestmark = pytest.mark.django_db


def hand_in(application, by, at=MID_ROUND):
    return actions.submit(actions.together(application), by=by, at=at)


def test_project_and_steering_group_go_together_with_a_number_each(ready, malmo):
    submissions = hand_in(ready, malmo)
    assert [row.application.dnr for row in submissions] == ["2027-0001", "2027-0002"]
    assert {row.application.state for row in submissions} == {ApplicationState.SUBMITTED}


def test_the_copy_is_frozen_with_its_hash_and_the_names_apart(ready, malmo):
    submission = hand_in(ready, malmo)[0]
    assert sha256(submission.content) == submission.content_sha256
    assert json.loads(submission.content)["persons_sha256"] == sha256(submission.persons)
    assert "Kim Ek" in submission.persons
    assert "Kim Ek" not in submission.content


def test_the_last_second_counts(ready, malmo):
    assert hand_in(ready, malmo, at=LAST_SECOND)[0].received_at == LAST_SECOND


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(seconds=1)])
def test_from_the_close_on_it_is_refused_the_text_kept_and_the_attempt_logged(ready, malmo, late):
    with pytest.raises(RoundClosed) as refused:
        hand_in(ready, malmo, at=CLOSE + late)
    assert "00.00.00" in refused.value.text()
    assert not Submission.objects.exists()
    assert fresh(ready).state == ApplicationState.DRAFT
    assert ready.answers.filter(text__contains="Unga").exists()
    attempt = Event.objects.get(application=ready, kind="submit_refused")
    assert attempt.data["code"] == "round_closed"
    assert attempt.at == CLOSE + late


def test_before_the_round_opens_it_is_refused(ready, malmo):
    with pytest.raises(RoundNotOpen):
        hand_in(ready, malmo, at=ready.round.opens_at - timedelta(seconds=1))


def test_an_incomplete_one_is_refused_for_both_and_says_what_remains(pair, malmo):
    with pytest.raises(Incomplete) as refused:
        hand_in(pair[0], malmo)
    assert {"no_title_sv", "unanswered", "empty_budget"} <= set(refused.value.figures["missing"])
    assert not DiaryCounter.objects.exists()


def test_one_that_is_not_ready_holds_back_the_other(ready, malmo):
    steering = ready.steering_application
    actions.save_details(steering, {"title_sv": ""}, by=malmo, at=MID_ROUND)
    with pytest.raises(Incomplete):
        hand_in(ready, malmo)
    assert not Submission.objects.exists()


def test_a_double_click_hands_in_once(ready, malmo):
    first, second = hand_in(ready, malmo), hand_in(fresh(ready), malmo)
    assert [row.pk for row in first] == [row.pk for row in second]
    assert Submission.objects.count() == 2


def test_a_change_and_a_second_submission_keep_the_number(submitted, malmo):
    dnr = submitted.dnr
    actions.save_details(submitted, TITLES | {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    assert fresh(submitted).revision != fresh(submitted).latest_revision
    version = hand_in(fresh(submitted), malmo)[0]
    assert (version.version, version.application.dnr) == (2, dnr)
    assert json.loads(version.content)["titles"]["sv"] == "Ny titel"
    assert submitted.steering_application.submissions.count() == 1


def test_the_receipt_goes_to_both_parties_each_in_their_language(submitted, malmo, lusaka):
    to_malmo = Message.objects.filter(address=malmo.email, kind="submission_receipt")
    to_lusaka = Message.objects.filter(address=lusaka.email, kind="submission_receipt")
    assert "Vi har tagit emot" in to_malmo.first().subject
    assert "We have received" in to_lusaka.first().subject
    assert to_malmo.count() == to_lusaka.count() == 2


def test_a_decided_application_cannot_be_handed_in_again(submitted, malmo, officer):
    actions.announce(
        submitted, outcome=ApplicationState.REJECTED, amount_sek=0, at=CLOSE, by=officer
    )
    with pytest.raises(IllegalMove):
        actions.submit([fresh(submitted)], by=malmo, at=MID_ROUND)


BAD_LINES = {
    "more than the ceiling": (("RESA_INT", 1, 500_001, "swedish"), "ceiling_total"),
    "more than 4 800 kr a day": (("LON", 1, 4_801, "swedish"), "day_rate"),
    "more than half for salaries": (("LON", 10, 4_800, "swedish"), "salary_share"),
    "a partner's salary": (("LON", 1, 500, "international"), "partner_pay"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_budget_that_breaks_a_rule_is_refused_and_kept(ready, malmo, name):
    (cost_type, quantity, price, side), rule = BAD_LINES[name]
    add_line(ready, cost_type, quantity, price, side=side, by=malmo, at=MID_ROUND)
    with pytest.raises(Incomplete) as refused:
        hand_in(ready, malmo)
    assert rule in refused.value.figures["missing"]
    assert ready.budget.lines.count() == 3


def test_a_guideline_may_be_exceeded_with_a_reason(ready, malmo):
    steering = ready.steering_application
    add_line(steering, "RESA_INT", 1, 300_000, by=malmo, at=MID_ROUND)
    with pytest.raises(Incomplete) as refused:
        hand_in(ready, malmo)
    assert "guideline_exceeded" in refused.value.figures["missing"]
    reason = {"guideline_reason": "Tre tolkar behövs."}
    actions.save_reasons(steering, reason, by=malmo, at=MID_ROUND)
    assert hand_in(ready, malmo)[1].data["guideline_reason"] == "Tre tolkar behövs."


def test_only_phases_about_the_steering_group_carry_its_members_names(submitted, malmo, malmo_stad):
    (spread,) = actions.start(
        malmo_stad,
        phase=Phase.DISSEMINATION,
        round=submitted.round,
        partnership=submitted.partnership,
        by=malmo,
        at=MID_ROUND,
    )
    assert snapshot(fresh(submitted)).persons["seats"]
    assert snapshot(fresh(spread)).persons["seats"] == []


def test_a_sum_with_too_many_digits_is_refused_where_a_reason_would_be_enough(ready, malmo):
    steering = ready.steering_application
    for place in ("Sal", "Buss", "Tolk"):
        options = {"description": place, "by": malmo, "at": MID_ROUND}
        add_line(steering, "LOGI", 1, MAX_AMOUNT_SEK, **options)
    actions.save_reasons(steering, {"guideline_reason": "Allt."}, by=malmo, at=MID_ROUND)
    with pytest.raises(Incomplete) as refused:
        hand_in(ready, malmo)
    assert "total_too_large" in refused.value.figures["missing"]
    assert not Submission.objects.exists()
