"""How a rate is told: what one was worth in kronor, on which day, and who says so."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from funding.currencies import rate_text, rate_told


@pytest.mark.parametrize(
    ("rate", "in_swedish", "in_english"),
    [
        ("0.08120000", "0,0812", "0.0812"),
        ("0.00000001", "0,00000001", "0.00000001"),
        ("10.00000000", "10", "10"),
        ("11.2345", "11,2345", "11.2345"),
    ],
)
def test_a_rate_has_all_its_digits_and_no_needless_zeros(rate, in_swedish, in_english):
    for language, told in (("sv", in_swedish), ("en", in_english)):
        with translation.override(language):
            assert rate_text(Decimal(rate)) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "kurs 0,08 den 15 februari 2027, Riksbanken"),
        ("en", "rate 0.08 on 15 February 2027, Riksbanken"),
    ],
)
def test_a_rate_is_told_with_its_whole_day_and_its_source(language, told):
    with translation.override(language):
        text = rate_told(Decimal("0.08000000"), date(2027, 2, 15), "Riksbanken")
    assert text.replace("\xa0", " ") == told
