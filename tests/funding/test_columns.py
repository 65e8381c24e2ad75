"""A sheet's columns are found by their headings, in either language and any order."""

import pytest
from django.utils import translation

from funding.columns import COLUMNS, layout_of, letter, plain
from funding.pasting import pasted_rows

LINE = "1\tMalmö stad\tLogi\tUtbyte\tHotell\t1\t3\tnätter\t1 200\tSEK\t3 600"


def layout(text: str):
    return layout_of(pasted_rows(text))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_our_own_headings_are_recognised_in_both_languages(language):
    with translation.override(language):
        heading = "\t".join(str(column.label) for column in COLUMNS)
    found = layout(heading)
    assert list(found.places) == [column.key for column in COLUMNS]
    assert found.first == 1
    assert found.unknown == []


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("Belopp\tVad\tÅr", {"amount": 0, "description": 1, "project_year": 2}),
        ("BELOPP (KR)\tbeskrivning", {"amount": 0, "description": 1}),
        ("Unit cost\tQty\tBudget item", {"unit_price": 0, "quantity": 1, "cost_type": 2}),
        ("À-pris\t Antal  dagar ", {"unit_price": 0, "quantity": 1}),
        ("Vad\tBelopp\tBelopp", {"description": 0, "amount": 1}),
    ],
)
def test_headings_in_any_order_and_as_people_write_them(heading, keys):
    assert layout(heading).places == keys


def test_unknown_headings_are_told_and_passed_over():
    found = layout("Vad\tKonto\tBelopp\tProjektnr\nHotell\t5831\t3 600\t77")
    assert found.unknown == ["Konto", "Projektnr"]
    row = pasted_rows("Vad\tKonto\tBelopp\tProjektnr\nHotell\t5831\t3 600\t77")[1]
    assert found.cells(row) == {"description": "Hotell", "amount": "3 600"}


def test_a_second_column_of_the_same_name_is_unknown():
    assert layout("Vad\tBelopp\tBelopp").unknown == ["Belopp"]
    assert layout("Vad\tBelopp\tSumma").unknown == ["Summa"]


def test_rows_above_the_headings_are_passed_over():
    text = f"Budget för ungas klimatarbete\n\nUpprättad\t2027-02-01\nÅr\tVad\tBelopp\n{LINE}"
    assert layout(text).first == 3


def test_without_headings_the_columns_stand_in_our_order_without_the_key():
    found = layout(LINE)
    assert found.first == 0
    assert list(found.places) == [column.key for column in COLUMNS][:-1]
    assert found.cells(pasted_rows(LINE)[0])["unit_price"] == "1 200"


def test_a_line_whose_words_are_headings_too_is_no_heading():
    assert layout("1\tMalmö stad\tLokal\tAktivitet\tHyra\t1\t2\tdagar\t500").first == 0


@pytest.mark.parametrize(
    ("row", "is_sum"),
    [
        ("Summa\t\t\t\t3 600", True),
        ("Summa år 1\t\t\t\t3 600", True),
        ("\t\tTotalt:\t\t3 600", True),
        ("Sum\t\t\t\t3600", True),
        ("1\tLogi\tSumma av hotell\t1 200\t3 600", False),
        ("\tLogi\tSumma\t\t3 600", False),
        ("\t\tSummering av möten\t\t3 600", False),
        ("Totalt\tLogi\t\t\t3 600", False),
    ],
)
def test_rows_that_only_add_up_others_are_known(row, is_sum):
    rows = pasted_rows(f"År\tKostnadsslag\tVad\tPris\tBelopp\n{row}")
    assert layout_of(rows).is_sum(rows[1]) is is_sum


def test_a_short_row_lacks_its_last_columns():
    rows = pasted_rows("År\tVad\tBelopp\n1\tHotell")
    assert layout_of(rows).cells(rows[1]) == {"project_year": "1", "description": "Hotell"}


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_lettered_as_in_spreadsheets(place, name):
    assert letter(place) == name


def test_no_heading_belongs_to_two_columns():
    headings = [heading for column in COLUMNS for heading in column.headings]
    assert len(headings) == len(set(headings))
    assert all(plain(heading) == heading for heading in headings)
