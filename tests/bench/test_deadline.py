"""The played hour and its judging: what does not need the hour. Times are never asserted."""

from itertools import pairwise

import pytest

from bench.deadline import told
from bench.deadline.client import PART, verdict_of
from bench.deadline.judging import (
    AFTER,
    BEFORE,
    Answer,
    Due,
    Sent,
    busiest,
    due,
    gaps,
    judge,
    middle_and_slowest,
    unkept,
    wrong_receipts,
)
from bench.deadline.plan import LATE_SECONDS, TAIL_SECONDS, Kind, plan

CLOSE = 1_000.0
IN_TIME, LATE = (CLOSE - 20, CLOSE - 19.9, CLOSE - 19), (CLOSE + 1, CLOSE + 1.1, CLOSE + 2)


def sent(last_bytes_at, sent_at, answered_at, answer=Answer.ACCEPTED, **more) -> Sent:
    kind = more.pop("kind", Kind.SUBMIT)
    return Sent(kind, "a", last_bytes_at, sent_at, answered_at, answer, **more)


# --- the hour -------------------------------------------------------------------------------


def handing_in(persons=300, seconds=90.0):
    return [step for steps in plan(persons, seconds) for step in steps if "submission" in step.kind]


def test_everybody_hands_in_once():
    assert len(handing_in()) == 300


def test_one_in_five_of_the_hours_come_in_its_last_ten_minutes_some_in_the_last_seconds():
    moments = [step.at for step in handing_in() if step.kind == Kind.SUBMIT]
    hour = [at for at in moments if at < 0]
    last = [at for at in hour if at >= -15]  # ten of sixty minutes, in ninety seconds
    tail = [at for at in hour if at >= -TAIL_SECONDS]
    assert min(hour) >= -90
    assert len(last) / 285 == pytest.approx(0.2, abs=0.005)
    assert len(tail) == 19


def test_one_in_twenty_comes_late_and_some_of_those_began_before_the_close():
    late = [step for step in handing_in() if step.at >= 0 or step.kind == Kind.SLOW_SUBMIT]
    slow = [step for step in late if step.kind == Kind.SLOW_SUBMIT]
    assert (len(late), len(slow)) == (15, 3)
    assert all(step.at < 0 for step in slow)
    assert max(step.at for step in late) < LATE_SECONDS


def test_everybody_takes_their_steps_in_order_and_writes_before_handing_in():
    for steps in plan(300, 90.0):
        assert all(one.at <= other.at for one, other in pairwise(steps))
        kinds = [step.kind for step in steps]
        place = next(n for n, kind in enumerate(kinds) if "submission" in kind)
        assert {Kind.AUTOSAVE, Kind.LIVE} <= set(kinds[:place])
        assert steps[0].at >= -90


def test_after_the_close_the_late_write_on_in_their_draft_and_some_others_in_what_was_handed_in():
    after = [
        (step.kind, steps[-2].kind if steps[-2].at < 0 else "late")
        for steps in plan(300, 90.0)
        for step in steps
        if step.at >= 0 and "submission" not in step.kind
    ]
    assert after.count((Kind.AUTOSAVE, "late")) == 12
    assert after.count((Kind.AUTOSAVE, Kind.SLOW_SUBMIT)) == 3
    assert after.count((Kind.CHANGE, Kind.SUBMIT)) > 5


def test_the_same_hour_is_played_every_time():
    assert plan(40, 60.0) == plan(40, 60.0)
    assert plan(40, 60.0, seed=1) != plan(40, 60.0)


# --- who must have been in time -------------------------------------------------------------


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        (IN_TIME, Due.ACCEPT),
        ((CLOSE - 0.3, CLOSE - 0.2, CLOSE - 0.1), Due.ACCEPT),  # answered before the close
        ((CLOSE - 2, CLOSE - BEFORE - 0.01, CLOSE + 90), Due.ACCEPT),  # and then it waited
        ((CLOSE - 2, CLOSE - BEFORE + 0.01, CLOSE + 90), Due.UNCERTAIN),
        ((CLOSE - 0.1, CLOSE + 0.1, CLOSE + 0.2), Due.UNCERTAIN),
        ((CLOSE + AFTER / 2, CLOSE + AFTER, CLOSE + 1), Due.UNCERTAIN),
        ((CLOSE + AFTER, CLOSE + AFTER, CLOSE + 1), Due.REFUSE),
        (LATE, Due.REFUSE),
    ],
)
def test_what_is_due_follows_from_the_clients_own_clock(moments, expected):
    assert due(sent(*moments), CLOSE) is expected


def test_a_piece_of_a_file_that_was_begun_may_always_come():
    assert due(sent(*LATE, kind=PART, closes=False), CLOSE) is Due.ACCEPT


def test_each_way_of_being_wrong_is_found():
    late_in = sent(*LATE)
    early_out = sent(*IN_TIME, answer=Answer.REFUSED)
    piece_out = sent(*LATE, answer=Answer.REFUSED, kind=PART, closes=False)
    nothing = sent(*LATE, answer=Answer.LOST)
    unsure = sent(CLOSE - 0.1, CLOSE - 0.1, CLOSE + 1, answer=Answer.REFUSED)
    fine = [sent(*IN_TIME), sent(*LATE, answer=Answer.REFUSED)]

    found = judge([late_in, early_out, piece_out, nothing, unsure, *fine], CLOSE)

    assert found.wrongly_accepted == [late_in]
    assert found.wrongly_refused == [early_out, piece_out]
    assert found.lost == [nothing]
    assert found.uncertain == [unsure]
    assert found.answers == {Answer.ACCEPTED: 2, Answer.REFUSED: 4, Answer.LOST: 1}


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (Kind.SUBMIT, 302, Answer.ACCEPTED),
        (Kind.SUBMIT, 200, Answer.LOST),
        (Kind.SUBMIT, 409, Answer.REFUSED),
        (Kind.SUBMIT, 403, Answer.LOST),
        (Kind.AUTOSAVE, 200, Answer.ACCEPTED),
        (Kind.AUTOSAVE, 302, Answer.LOST),  # to the log-in
        (Kind.UPLOAD, 201, Answer.ACCEPTED),
        (Kind.UPLOAD, 504, Answer.LOST),
        (Kind.LIVE, 0, Answer.LOST),
    ],
)
def test_only_the_portals_own_yes_and_no_are_answers(kind, status, expected):
    assert verdict_of(kind, status) is expected


# --- what was kept --------------------------------------------------------------------------


def test_what_was_accepted_and_not_kept_is_found_and_the_other_way():
    assert unkept({"a": 1, "b": 1, "c": 2}, {"a": 1, "c": 1, "d": 1}) == {"b", "c", "d"}
    assert unkept({}, {}) == set()


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], 0),
        (["2027-0001", "2027-0003", "2027-0002"], 0),
        (["2027-0001", "2027-0003"], 1),
        (["2027-0002"], 1),
        (["2027-0001", "2027-0001"], 1),
        (["2027-9999", *(f"2027-{n:04d}" for n in range(1, 9999)), "2027-10000"], 0),
    ],
)
def test_gaps_and_doubles_in_the_numbers_are_counted(numbers, expected):
    assert gaps(numbers) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({1: {7: 1, 8: 1}}, 0),
        ({1: {7: 1}}, 1),
        ({1: {7: 2, 8: 1}}, 1),
        ({}, 2),
        ({1: {7: 1, 8: 1, 9: 1}}, 1),
        ({1: {7: 1, 8: 1}, 2: {7: 1}}, 1),
    ],
)
def test_each_person_has_exactly_one_receipt_for_each_submission(written, expected):
    assert wrong_receipts(written, {1: {7, 8}}) == expected


# --- figures --------------------------------------------------------------------------------


def test_the_middle_and_what_ninety_nine_of_a_hundred_stay_below():
    middle, slowest = middle_and_slowest([float(n) for n in range(1, 102)])
    assert (middle, slowest) == (51, 100)
    assert middle_and_slowest([3.0]) == (3, 3)


def test_the_busiest_stretch_is_found_wherever_it_lies():
    assert busiest([0, 10, 11, 12, 14.9, 15.1, 30], 5) == 4
    assert busiest([], 5) == 0


def test_the_tables_say_the_ratios_and_whether_the_aim_is_reached():
    waited = [sent(CLOSE, CLOSE, CLOSE + wait) for wait in (0.2, 0.2, 0.2)]
    quiet = [sent(CLOSE, CLOSE, CLOSE + wait) for wait in (0.1, 0.1)]
    assert told.waits(waited, quiet).splitlines()[1].split("  ")[-1] == "2.0 x"

    shown = told.throughput({"all": 30.0, "bare": 100.0}, bare="bare", aimed="all").splitlines()
    assert "30%" in shown[1]
    assert shown[1].endswith("at least 25%  reached")
    shown = told.throughput({"all": 20.0, "bare": 100.0}, bare="bare", aimed="all").splitlines()
    assert shown[1].endswith("not reached")


def test_what_must_be_nought_is_marked():
    shown = told.counts([("lost", 0, True, ""), ("accepted", 7, False, "")]).splitlines()
    assert [line.split() for line in shown] == [["lost", "0", "must", "be", "0"], ["accepted", "7"]]
