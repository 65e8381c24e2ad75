"""What becomes of a field that two people had on their pages."""

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from applications.forms.guarded import DayField, LineField
from applications.forms.three_ways import (
    BothChanged,
    filled,
    mark_of,
    merged,
    pack,
    put,
    typed,
    unpack,
)

TICKS = st.lists(st.sampled_from("abcdef"), unique=True).map(sorted)


class Page(forms.Form):
    title = LineField(required=False)
    day = DayField(required=False)
    yes = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)


@pytest.mark.parametrize(
    ("was", "mine", "theirs", "becomes"),
    [
        ("A", "A", "A", "A"),
        ("A", "B", "A", "B"),
        ("A", "A", "B", "B"),
        ("A", "B", "B", "B"),
        ("A", "", "A", ""),
        ("A", "A", "", ""),
        ([], ["a"], [], ["a"]),
        ([], [], ["a"], ["a"]),
        ([], ["a"], ["b"], ["a", "b"]),
        (["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]),
        (["a", "b"], ["a"], ["b"], []),
    ],
)
def test_whoever_left_it_alone_gives_way_and_ticks_are_taken_one_by_one(was, mine, theirs, becomes):
    assert merged(mark_of(was), mine, theirs) == becomes


def test_two_who_wrote_different_things_have_to_choose():
    with pytest.raises(BothChanged):
        merged(mark_of("A"), "B", "C")


@pytest.mark.parametrize("mark", [None, [], "x", 3])
def test_without_a_mark_nobody_gives_way(mark):
    with pytest.raises(BothChanged):
        merged(mark, "B", "C")


@given(was=TICKS, mine=TICKS, theirs=TICKS)
def test_of_ticks_nothing_that_one_of_the_two_did_is_lost(was, mine, theirs):
    becomes = set(merged(was, mine, theirs))
    assert becomes >= (set(mine) | set(theirs)) - set(was)
    assert not becomes & (set(was) - (set(mine) & set(theirs)))
    assert merged(was, mine, theirs) == merged(was, theirs, mine)


@given(was=st.text(), mine=st.text())
def test_alone_one_gets_what_one_typed(was, mine):
    assert merged(mark_of(was), mine, was) == mine
    assert merged(mark_of(was), was, mine) == mine


@given(st.dictionaries(st.text(), st.text() | TICKS))
def test_marks_come_back_as_they_went(marks):
    assert unpack(pack(marks)) == marks


@pytest.mark.parametrize("word", ["", "å", "!!!!", "W10=", "bnVsbA==", "e30", "W1tbW1tb"])
def test_a_word_that_is_no_marks_is_none(word):
    assert unpack(word) == {}


def test_a_page_sent_as_it_came_has_changed_nothing():
    saved = {"title": "Två ord", "day": "2027-09-01", "yes": True, "one": None, "many": ["b", "a"]}
    page = Page(initial=saved)
    data = QueryDict(mutable=True)
    for field in page:
        put(data, field, filled(field))
    data["title"] = " Två\tord "
    sent = Page(data)
    assert [typed(field) for field in sent] == [filled(field) for field in page]


def test_what_is_no_day_is_a_change():
    data = QueryDict("day=igår")
    assert typed(Page(data)["day"]) == "igår"


def test_a_tick_taken_away_is_put_back_as_a_browser_would():
    data = QueryDict("yes=on&many=a", mutable=True)
    page = Page(data)
    put(data, page["yes"], "False")
    put(data, page["many"], [])
    assert (data.getlist("yes"), data.getlist("many")) == ([], [])
