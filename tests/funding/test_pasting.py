"""What is copied from a spreadsheet arrives as it stood there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.pasting import MAX_COLUMNS, MAX_ROWS, Row, as_text, cell_text, pasted_rows
from funding.sheet_refusals import TooManyRows


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in pasted_rows(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc\td", [("a", "b"), ("c", "d")]),
        ("a\tb\r\nc\td\r\n", [("a", "b"), ("c", "d")]),
        ("a\tb\rc", [("a", "b"), ("c",)]),
        (" a \t\u00a04\u00a0800\u00a0kr ", [("a", "4 800 kr")]),
        ("a\t\t\t", [("a",)]),
        ("\ta", [("", "a")]),
        ('"två\nrader"\tb', [("två rader", "b")]),
        ('"en\tflik"\tb', [("en flik", "b")]),
        ('"sa ""hej"" och\ngick"', [('sa "hej" och gick',)]),
        ('"Unga" i Lusaka\tb', [('"Unga" i Lusaka', "b")]),
        ('19" skärm\t1', [('19" skärm', "1")]),
        ('"ofärdig\tb\nc\td', [('"ofärdig', "b"), ("c", "d")]),
        ("\ufffe\x00a\u2028b", [("a b",)]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_cells_are_parted_as_spreadsheets_copy_them(text, expected):
    assert cells(text) == expected


def test_empty_rows_are_left_out_but_counted():
    assert [row.number for row in pasted_rows("a\n\n\t\nb")] == [1, 4]


def test_a_quoted_line_break_does_not_count_as_a_row():
    assert [row.number for row in pasted_rows('"a\nb"\nc')] == [1, 2]


def test_five_hundred_rows_are_read_and_one_more_is_refused():
    assert len(pasted_rows("1\t2\n" * MAX_ROWS)) == MAX_ROWS
    with pytest.raises(TooManyRows) as refusal:
        pasted_rows("1\t2\n" * (MAX_ROWS + 1))
    assert refusal.value.figures == {"found": 501, "limit": 500}


def test_ten_thousand_rows_are_counted_in_the_refusal():
    with pytest.raises(TooManyRows) as refusal:
        pasted_rows('1\t"Resa"\t4 800\n' * 10_000)
    assert "10\u00a0000" in refusal.value.text()
    assert "500" in refusal.value.text()


def test_columns_beyond_the_limit_are_passed_over():
    assert len(cells("a\t" * 1000)[0]) == MAX_COLUMNS


TEXTS = st.text(max_size=30).map(cell_text)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=8), max_size=20))
def test_rows_written_as_text_are_read_back_in_their_place(table):
    rows = [Row(number, _trimmed(line)) for number, line in enumerate(table, start=1)]
    rows = [row for row in rows if any(row.cells)]
    text = as_text(rows)
    assert pasted_rows(text) == rows
    assert text.count("\n") + 1 == (rows[-1].number if rows else 1)


@given(st.text(alphabet='"\t\n\ra ', max_size=200))
def test_any_text_is_read(text):
    for row in pasted_rows(text):
        assert any(row.cells)


def _trimmed(line: list[str]) -> tuple[str, ...]:
    while line and not line[-1]:
        line = line[:-1]
    return tuple(line)
