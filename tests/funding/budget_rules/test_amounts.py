from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.budget_rules import line_amount
from funding.money import MAX_AMOUNT_SEK, AmountError, AmountTooLarge, NegativeAmount


@pytest.mark.parametrize(
    ("persons", "quantity", "price", "rate", "amount_sek"),
    [
        (2, "10", 4800, "1", 96_000),
        (1, "0.5", 4801, "1", 2401),
        (1, "0.25", 4801, "1", 1200),
        (0, "3", 4800, "1", 0),
        (1, "1000", 1_000_000, "1", 1_000_000_000),
        (2, "3", Decimal("1500.50"), "0.0812", 731),
        (1, "1", Decimal("0.50"), "1", 1),
        (1, "1", Decimal("0.49"), "1", 0),
        (1, "1", Decimal("499999.99"), "1.00000001", 500_000),
    ],
)
def test_a_line_comes_to_whole_kronor_with_half_a_krona_rounded_up(
    persons, quantity, price, rate, amount_sek
):
    assert line_amount(persons, Decimal(quantity), price, Decimal(rate)) == amount_sek


def test_a_price_in_kronor_needs_no_rate():
    assert line_amount(3, Decimal(2), 150) == 900


@pytest.mark.parametrize("quantity", ["1000000000.5", "1E+40", "9E+999999"])
def test_a_line_larger_than_the_database_can_hold_is_refused(quantity):
    with pytest.raises(AmountTooLarge):
        line_amount(10, Decimal(quantity), 1)


@pytest.mark.parametrize("odd", ["NaN", "sNaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("place", ["quantity", "price", "rate"])
def test_what_is_no_number_is_never_accepted(place, odd):
    factors = {"quantity": Decimal(1), "price": Decimal(1), "rate": Decimal(1), place: Decimal(odd)}

    with pytest.raises(AmountError):
        line_amount(0, **factors)


def test_a_line_never_pays_back():
    with pytest.raises(NegativeAmount):
        line_amount(1, Decimal(-1), 100)


@given(
    persons=st.integers(min_value=0, max_value=32_767),
    quantity=st.decimals(min_value=0, max_value=9_999_999, places=2),
    price=st.decimals(min_value=0, max_value=999_999_999_999, places=2),
    rate=st.decimals(min_value=0, max_value=9_999_999_999, places=8),
)
def test_an_amount_is_within_half_a_krona_of_the_product_or_refused(persons, quantity, price, rate):
    exact = persons * Fraction(quantity) * Fraction(price) * Fraction(rate)
    try:
        amount_sek = line_amount(persons, quantity, price, rate)
    except AmountTooLarge:
        assert exact > MAX_AMOUNT_SEK
    else:
        assert amount_sek <= MAX_AMOUNT_SEK
        assert -1 < 2 * (exact - amount_sek) < 1 or 2 * (amount_sek - exact) == 1
