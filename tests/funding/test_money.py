import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from funding.money import MAX_AMOUNT_SEK, AmountError, parse_kronor, parse_quantity
from icld_portal.formats import kronor

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"
AMOUNTS = st.integers(min_value=0, max_value=MAX_AMOUNT_SEK)


@pytest.mark.parametrize(
    ("text", "amount_sek"),
    [
        ("4800", 4800),
        ("4 800", 4800),
        ("4.800", 4800),
        ("4,800", 4800),
        ("4 800 kr", 4800),
        ("4 800 KR.", 4800),
        ("4800kr", 4800),
        ("4 800 kronor", 4800),
        ("4 800:-", 4800),
        ("SEK 4,800", 4800),
        ("4,800 SEK", 4800),
        (f"4{NBSP}800{NBSP}kr", 4800),
        (f"4{THIN}800", 4800),
        (f"4{NARROW}800", 4800),
        ("  4  800\t", 4800),
        ("4 800,00", 4800),
        ("4.800,00 kr", 4800),
        ("4,800.00", 4800),
        ("4800.0", 4800),
        ("1 441 500", 1_441_500),
        ("1.441.500", 1_441_500),
        ("1,441,500", 1_441_500),
        ("0", 0),
        ("007", 7),
        ("1 000 000 000", 1_000_000_000),
    ],
)
def test_an_amount_is_read_however_its_thousands_are_written(text, amount_sek):
    assert parse_kronor(text) == amount_sek


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4800,50", "not_whole_kronor"),
        ("4800.5", "not_whole_kronor"),
        ("4.800,50", "not_whole_kronor"),
        ("4,800.50", "not_whole_kronor"),
        ("4 800,50 kr", "not_whole_kronor"),
        ("0,500", "not_whole_kronor"),
        ("4800,500", "not_whole_kronor"),
        ("-4800,50", "not_whole_kronor"),
        ("-4800", "negative_amount"),
        ("\u22124 800 kr", "negative_amount"),
        ("- 4 800", "negative_amount"),
        ("", "empty_amount"),
        ("   ", "empty_amount"),
        ("kr", "empty_amount"),
        ("ca 5000", "not_an_amount"),
        ("4 800 per dag", "not_an_amount"),
        ("4 80", "not_an_amount"),
        ("48 00", "not_an_amount"),
        ("4.800.50", "not_an_amount"),
        ("4 800.500", "not_whole_kronor"),
        ("1,441.500,00", "not_an_amount"),
        ("4800 + 100", "not_an_amount"),
        ("4e3", "not_an_amount"),
        ("NaN", "not_an_amount"),
        ("∞", "not_an_amount"),
        ("٤٨٠٠", "not_an_amount"),
        ("-", "not_an_amount"),
        (",50", "not_an_amount"),
        ("1 000 000 001", "amount_too_large"),
        ("1" + "0" * 10_000, "amount_too_large"),
    ],
)
def test_what_is_not_whole_kronor_is_refused_with_its_reason(text, code):
    with pytest.raises(AmountError) as refused:
        parse_kronor(text)

    assert isinstance(refused.value, ValueError)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4800,50", "“4800,50” has öre. Write whole kronor, for example 4 800."),
        (
            "ca 5000",
            "“ca 5000” is not an amount. Write digits only, for example 4 800.",
        ),
        ("-5", "“-5” is below zero. Write the amount without a minus sign."),
        ("", "Write an amount in whole kronor, for example 4 800."),
        (
            "9" * 12,
            "“999999999999” is more than SEK 1 000 000 000. Check the number of digits.",
        ),
    ],
)
def test_a_refused_amount_says_what_to_do(text, says):
    with translation.override("en"), pytest.raises(AmountError) as refused:
        parse_kronor(text)

    with translation.override("en"):
        assert refused.value.text().replace(NBSP, " ") == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("-4", "“-4” is below zero. Write the number without a minus sign."),
        ("9" * 12, "“999999999999” is too large a number. Check the number of digits."),
        ("many", "“many” is not a number. Write digits, for example 2.5 or 1 000."),
    ],
)
def test_a_refused_quantity_is_told_as_a_number_and_not_as_an_amount(text, says):
    with pytest.raises(AmountError) as refused:
        parse_quantity(text)
    with translation.override("en"):
        assert refused.value.text().replace(NBSP, " ") == says


def test_a_pasted_novel_is_not_repeated_in_the_message():
    with pytest.raises(AmountError) as refused:
        parse_kronor("text " * 10_000)

    assert len(refused.value.figures["text"]) == 40


def test_kronor_are_written_with_no_break_spaces_and_a_true_minus():
    with translation.override("sv"):
        assert kronor(1_441_500) == f"1{NBSP}441{NBSP}500{NBSP}kr"
        assert kronor(-4800) == f"\u22124{NBSP}800{NBSP}kr"


@given(amount_sek=AMOUNTS, language=st.sampled_from(["sv", "en"]))
def test_what_the_portal_writes_it_can_read(amount_sek, language):
    with translation.override(language):
        assert parse_kronor(kronor(amount_sek)) == amount_sek


@given(amount_sek=AMOUNTS, mark=st.sampled_from([" ", ".", ",", NBSP, THIN, NARROW, ""]))
def test_the_mark_between_thousands_never_changes_the_amount(amount_sek, mark):
    assert parse_kronor(f"{amount_sek:,}".replace(",", mark)) == amount_sek


@given(text=st.text())
def test_any_text_is_an_amount_or_a_refusal_that_can_be_said(text):
    try:
        said = kronor(parse_kronor(text))
    except AmountError as refused:
        said = refused.text()

    assert said
