"""What differs between two texts: told word by word, quickly, and without losing a character."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.texts.diff import ADDED, REMOVED, SAME, Segment, word_diff

PIECES = ["Ett", "mål", " ", "\n", ", ", ".", "🏳️\u200d🌈", "e\u0301", "مرحبا"]
WORDS = st.lists(st.sampled_from(PIECES)).map("".join)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in word_diff(before, after)]


def test_a_changed_word_is_told_and_the_rest_stays():
    assert told("Ett stort mål.", "Ett litet mål.") == [
        (SAME, "Ett "),
        (REMOVED, "stort"),
        (ADDED, "litet"),
        (SAME, " mål."),
    ]


def test_a_comma_is_a_word_of_its_own():
    assert told("Unga möter", "Unga, möter") == [(SAME, "Unga"), (ADDED, ","), (SAME, " möter")]


def test_an_added_sentence_is_told_with_its_own_full_stop():
    assert told("Nu. En gång. Slut", "Då. En gång. En till. Slut")[2:] == [
        (SAME, ". En gång. "),
        (ADDED, "En till. "),
        (SAME, "Slut"),
    ]


def test_words_that_follow_each_other_are_told_as_one():
    assert told("Det var en gång", "Nu är vi här") == [
        (REMOVED, "Det var en gång"),
        (ADDED, "Nu är vi här"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "", []),
        ("", "Nytt", [Segment(ADDED, "Nytt")]),
        ("Gammalt", "", [Segment(REMOVED, "Gammalt")]),
        ("Samma", "Samma", [Segment(SAME, "Samma")]),
    ],
)
def test_empty_and_equal_texts(before, after, parts):
    assert word_diff(before, after) == parts


def test_an_emoji_of_several_parts_is_never_split():
    assert told("👩‍👩‍👧 hej", "👩‍👩‍👦 hej")[:2] == [(REMOVED, "👩‍👩‍👧"), (ADDED, "👩‍👩‍👦")]


@given(WORDS, WORDS)
def test_both_texts_can_be_put_together_again(before, after):
    parts = word_diff(before, after)
    assert "".join(part.text for part in parts if part.kind != ADDED) == before
    assert "".join(part.text for part in parts if part.kind != REMOVED) == after


@pytest.mark.parametrize("joint", [" ", "\n"])
def test_the_longest_texts_are_told_without_making_anybody_wait(joint):
    words = [f"ord{number % 997}" for number in range(25_000)]
    changed = [word if number % 50 else "nytt" for number, word in enumerate(words)]
    begun = perf_counter()
    parts = word_diff(joint.join(words), joint.join(changed))
    assert perf_counter() - begun < 5
    assert "".join(part.text for part in parts if part.kind != REMOVED) == joint.join(changed)
