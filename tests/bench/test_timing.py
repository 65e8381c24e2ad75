import pytest

from bench.table import Row, told
from bench.timing import Ratio, Task, in_turn, ratio, typical

TIMES = {"slow": [0.006, 0.02, 0.004], "quick": [0.002, 0.01, 0.001]}


def test_everything_is_measured_in_turn_after_a_warm_up_that_is_not_counted():
    done = []
    tasks = [Task("a", lambda: done.append("a")), Task("b", lambda: done.append("b"), times=2)]

    times = in_turn(tasks, rounds=3, warm_up=1)

    assert done == ["a", "b", "b"] * 4
    assert [len(times[name]) for name in ("a", "b")] == [3, 3]


def test_a_ratio_is_taken_round_by_round_so_that_a_slow_spell_does_not_count():
    assert ratio(TIMES, "slow", "quick") == Ratio(middle=3, low=2.5, high=3.5)
    assert typical(TIMES, "slow") == 0.006


@pytest.mark.parametrize(("aim", "verdict"), [(3, "reached"), (2.99, "not reached")])
def test_the_table_tells_the_ratio_its_spread_and_whether_the_aim_is_reached(aim, verdict):
    shown = told([Row("slow", against="quick", aim=aim), Row("quick")], TIMES).splitlines()

    assert shown[1].split("  ")[-1] == verdict
    assert "6.00 ms" in shown[1]
    assert "3.00 x" in shown[1]
    assert "2.50 x to 3.50 x" in shown[1]
    assert shown[2].split() == ["quick", "2.00", "ms", "500"]


def test_a_share_is_told_in_per_cent_and_a_short_time_in_millionths():
    row = Row("rules", against="request", aim=0.05, as_share=True)
    times = {"rules": [0.0001, 0.0001], "request": [0.01, 0.01]}

    assert "100.0 µs" in told([row], times)
    assert "1.00%" in told([row], times)
    assert "at most 5.00%" in told([row], times)
