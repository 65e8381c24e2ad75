"""What people paste: kept as they wrote it, but for what nobody can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.texts.counting import count
from applications.texts.typed import clean, is_blank, lost_between


@pytest.mark.parametrize(
    "text",
    [
        "“Smarta” citat – och ’apostrofer’ …",
        "👩‍👩‍👧 🏳️‍🌈 🇸🇪",
        "مرحبا \u200f؟ שלום",
        "e\u0301 å \u00a0 tab\there",
        "<script>alert(1)</script> & <b>",
    ],
)
def test_whatever_can_be_read_stays_as_it_was(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc\vd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("halv\ud83d emoji", "halv emoji"),
        ("\ufeffEtt", "Ett"),
    ],
)
def test_line_ends_become_plain_and_what_cannot_be_read_goes(typed, stored):
    assert clean(typed) == stored


@given(st.text(st.characters(codec=None)))
def test_what_is_clean_can_be_stored_and_stays_the_same(text):
    stored = clean(text)
    assert clean(stored) == stored
    assert stored.encode().decode() == stored
    assert "\x00" not in stored


@given(st.text(), st.text(), st.text())
def test_what_stands_around_a_change_is_not_lost(start, middle, end):
    assert lost_between(start + middle + end, start + "nytt" + end) <= len(middle)
    assert lost_between(start + end, start + middle + end) == 0


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), (" \n\t\u00a0\u200b", True), (" . ", False)]
)
def test_only_spaces_is_blank(text, blank):
    assert is_blank(text) is blank


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [("", 0, 0), (" \n ", 0, 0), ("ett\u00a0två tre", 3, 11), ("🏳️‍🌈", 1, 4), ("a\r\nb", 2, 3)],
)
def test_words_and_characters_are_counted(text, words, characters):
    assert (count(text, "words"), count(text, "characters")) == (words, characters)
