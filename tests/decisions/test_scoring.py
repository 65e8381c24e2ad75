"""Scores in figures: the weighted mean, how far two stand apart, and what is missing."""

from decimal import Decimal

import pytest

from decisions.scoring import Given, Typed, overall, standings, weighted_mean


def given(*scores: tuple[str, int, int | None]) -> list[Given]:
    return [Given(key, key, key, weight, value) for key, weight, value in scores]


@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        ([], None),
        ([("a", 1, None)], None),
        ([("a", 1, 3)], "3.00"),
        ([("a", 3, 4), ("b", 1, 2)], "3.50"),
        ([("a", 3, 4), ("b", 1, None)], "4.00"),
        ([("a", 1, 1), ("b", 1, 1), ("c", 1, 2)], "1.33"),
        ([("a", 1, 1), ("b", 7, 2)], "1.88"),
    ],
)
def test_the_mean_goes_by_weight_and_by_what_is_scored(scores, mean):
    assert weighted_mean(given(*scores)) == (Decimal(mean) if mean else None)


def test_two_assessors_are_compared_criterion_by_criterion():
    first = given(("a", 1, 4), ("b", 1, 2), ("c", 1, None))
    second = given(("a", 1, 2), ("b", 1, 3), ("c", 1, None))
    a, b, c = standings([first, second])
    assert (a.mean, a.spread, a.far_apart) == (Decimal("3.00"), 2, True)
    assert (b.mean, b.spread, b.far_apart) == (Decimal("2.50"), 1, False)
    assert (c.mean, c.spread, c.far_apart) == (None, 0, False)


def test_of_two_the_whole_is_the_mean_of_their_means():
    assert overall([given(("a", 1, 4)), given(("a", 1, 1))]) == Decimal("2.50")
    assert overall([given(("a", 1, None))]) is None


@pytest.mark.parametrize(
    ("typed", "evidence", "lacks"),
    [
        (Typed(), False, ["value", "reason"]),
        (Typed(1, " \n"), False, ["reason"]),
        (Typed(4, "Ja."), False, []),
        (Typed(4, "Ja."), True, ["evidence"]),
        (Typed(4, "Ja.", "Bilaga 1"), True, []),
    ],
)
def test_what_a_criterion_lacks_before_it_is_handed_in(typed, evidence, lacks):
    assert typed.lacks(evidence=evidence) == lacks
