"""What became of each line from one budget to another."""

import pytest

from funding.budget_diff import Change, LineDiff, diff


@pytest.mark.parametrize(
    ("before_sek", "after_sek", "change", "difference_sek"),
    [
        (40_000, 40_000, Change.KEPT, 0),
        (40_000, 39_999, Change.REDUCED, -1),
        (40_000, 0, Change.REDUCED, -40_000),
        (40_000, 40_001, Change.RAISED, 1),
        (0, 0, Change.KEPT, 0),
        (None, 5_000, Change.ADDED, 5_000),
        (None, 0, Change.ADDED, 0),
        (5_000, None, Change.REMOVED, -5_000),
    ],
)
def test_what_became_of_a_line_is_told_by_its_amounts(
    before_sek, after_sek, change, difference_sek
):
    found = LineDiff(before_sek, after_sek)
    assert (found.change, found.difference_sek) == (change, difference_sek)


def row(key: str, amount_sek: int, **more) -> dict:
    return {"key": key, "amount_sek": amount_sek, "description": "Resa", **more}


def test_lines_are_paired_by_their_key_whatever_their_order():
    before = [row("a", 10), row("b", 20), row("c", 30)]
    after = [row("d", 5), row("c", 30), row("a", 8)]
    found = {key: each.change for key, each in diff(before, after).items()}
    assert found == {
        "a": Change.REDUCED,
        "b": Change.REMOVED,
        "c": Change.KEPT,
        "d": Change.ADDED,
    }
    assert list(found) == ["a", "b", "c", "d"]


def test_a_line_with_other_words_and_the_same_amount_is_reworded():
    found = diff([row("a", 10)], [row("a", 10, description="Flyg")])
    assert found["a"].change == Change.REWORDED


def test_a_column_that_an_older_version_lacked_changes_nothing():
    found = diff([row("a", 10)], [row("a", 10, activity="Möte", unit="resor")])
    assert found["a"].change == Change.KEPT


def test_nothing_differs_from_itself():
    rows = [row("a", 10), row("b", 0)]
    assert {each.change for each in diff(rows, rows).values()} == {Change.KEPT}
    assert diff([], []) == {}
