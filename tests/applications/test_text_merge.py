"""Bringing two persons' changes together: both stay where they do not touch."""

from hypothesis import given
from hypothesis import strategies as st

from applications.texts.merge import Merged, merge

BASE = "Unga möter kommunen för sent.\n\nVi vill ändra det."


def test_changes_in_different_paragraphs_are_both_kept():
    theirs = BASE.replace("för sent", "alldeles för sent")
    mine = BASE + " Tillsammans med Lusaka."
    assert merge(BASE, theirs, mine) == Merged(
        "Unga möter kommunen alldeles för sent.\n\nVi vill ändra det. Tillsammans med Lusaka.",
        woven=True,
    )


def test_changes_of_different_words_in_a_sentence_are_both_kept():
    merged = merge("Ett stort mål för alla.", "Ett litet mål för alla.", "Ett stort mål för unga.")
    assert merged == Merged("Ett litet mål för unga.", woven=True)


def test_both_have_written_on_at_the_end():
    merged = merge(BASE, BASE + " Bo skrev.", BASE + " Anna skrev.")
    assert merged == Merged(BASE + " Bo skrev. Anna skrev.", woven=True)


def test_new_paragraphs_in_the_same_place_stay_paragraphs():
    merged = merge("Mål", "Mål\nBos rad", "Mål\nAnnas rad")
    assert merged.text.split("\n")[0] == "Mål"
    assert {"Bos rad", "Annas rad"} < set(merged.text.split("\n"))


def test_the_same_change_by_both_is_made_once():
    assert merge("Ett mål", "Två mål", "Två mål") == Merged("Två mål", woven=True)


def test_the_same_word_changed_in_two_ways_is_left_to_the_person():
    assert merge("Ett mål", "Ett hål", "Ett nål") == Merged("Ett hål\n\nEtt nål", woven=False)


def test_one_removes_what_the_other_changes_and_both_texts_stay():
    merged = merge("Ett stort mål. Mer.", "Mer.", "Ett mycket stort mål. Mer.")
    assert merged == Merged("Mer.\n\nEtt mycket stort mål. Mer.", woven=False)


def test_without_what_both_began_from_the_texts_stand_one_after_the_other():
    for base in (None, "", " \n"):
        assert merge(base, "Bos text", "Annas text") == Merged(
            "Bos text\n\nAnnas text", woven=False
        )


TEXT = st.lists(st.sampled_from(["ett", "två", "tre", " ", ".", "\n"]), max_size=12).map("".join)


@given(TEXT, TEXT)
def test_who_has_changed_nothing_takes_nothing_away(base, theirs):
    if base.strip():
        assert merge(base, theirs, base).text == theirs
        assert merge(base, base, theirs).text == theirs


@given(TEXT, TEXT, TEXT)
def test_every_word_that_somebody_added_is_in_the_proposal(base, theirs, mine):
    merged = merge(base, f"{theirs} BO", f"ANNA {mine}")
    assert "BO" in merged.text
    assert "ANNA" in merged.text
