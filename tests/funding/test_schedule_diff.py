"""What one schedule changes in another, cell by cell and limit by limit."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from funding.budget_rules import Parameters
from funding.ceilings import Cell
from funding.schedule_diff import changed_cells, changed_limits
from funding.wording import Bilingual

ASIA = Cell("project", "asia", False, 500_000, "per_year", "max")
EUROPE = Cell("project", "europe", False, 450_000, "per_year", "max")
SOURCE = Bilingual("Beslut", "Decision")
LIMITS = Parameters(
    max_day_rate_sek=4_800,
    max_pay_share=Decimal("0.5"),
    min_visits_a_year=2,
    day_rate_source=SOURCE,
    pay_share_source=SOURCE,
    visits_source=SOURCE,
)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def told(change) -> tuple[str, ...]:
    texts = (change.before_text(), change.after_text(), change.difference_text())
    return tuple(map(spaced, (*texts, change.share_text())))


def only(changes):
    (change,) = changes
    return change


def test_what_is_the_same_is_not_told():
    assert changed_cells([ASIA, EUROPE], [EUROPE, ASIA]) == []
    assert changed_limits(LIMITS, LIMITS) == []


@pytest.mark.parametrize(
    ("amount_sek", "expected"),
    [
        (550_000, ("500 000 kr", "550 000 kr", "+50 000 kr", "+10,0 %")),
        (440_000, ("500 000 kr", "440 000 kr", "−60 000 kr", "−12,0 %")),
        (500_001, ("500 000 kr", "500 001 kr", "+1 kr", "+0,0 %")),
    ],
)
def test_a_changed_amount_is_told_in_kronor_and_per_cent(amount_sek, expected):
    change = only(changed_cells([ASIA, EUROPE], [replace(ASIA, amount_sek=amount_sek), EUROPE]))
    assert told(change) == expected


def test_the_difference_is_written_as_the_reader_writes():
    change = only(changed_cells([ASIA], [replace(ASIA, amount_sek=440_000)]))
    with override("en"):
        assert told(change) == ("SEK 500 000", "SEK 440 000", "−SEK 60 000", "−12.0%")


def test_a_cell_that_only_one_of_them_has_has_no_difference():
    added, gone = changed_cells([ASIA], [EUROPE])
    assert (added.before, added.after, added.difference, added.share) == (None, 450_000, None, None)
    assert (gone.before, gone.after, gone.difference) == (500_000, None, None)
    assert gone.difference_text() == gone.share_text() == "–"


def test_another_basis_is_told_in_words_and_not_reckoned_with():
    change = only(changed_cells([ASIA], [replace(ASIA, basis="total", amount_sek=900_000)]))
    assert change.difference is None
    assert spaced(change.before_text()) == "500 000 kr, per projektår, takbelopp"
    assert spaced(change.after_text()).startswith("900 000 kr, totalt")


def test_another_kind_is_told_in_words_also_for_the_same_amount():
    change = only(changed_cells([ASIA], [replace(ASIA, kind="guideline")]))
    assert (change.difference, change.share) == (0, None)
    assert change.after_text().endswith("riktpunkt")


def test_changes_come_in_the_order_of_the_table():
    asia, europe = replace(ASIA, amount_sek=1), replace(EUROPE, amount_sek=1)
    changes = changed_cells([ASIA, EUROPE], [asia, europe])
    assert [change.before for change in changes] == [450_000, 500_000]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"max_day_rate_sek": 5_280}, ("4 800 kr", "5 280 kr", "+480 kr", "+10,0 %")),
        (
            {"max_pay_share": Decimal("0.455")},
            ("50 %", "45,5 %", "−4,5 procentenheter", "−9,0 %"),
        ),
        ({"min_visits_a_year": 1}, ("2", "1", "−1", "−50,0 %")),
        ({"min_visits_a_year": 0}, ("2", "0", "−2", "−100,0 %")),
    ],
)
def test_limits_are_compared_too(limits, expected):
    assert told(only(changed_limits(LIMITS, replace(LIMITS, **limits)))) == expected


def test_a_limit_that_was_zero_has_no_share():
    change = only(changed_limits(replace(LIMITS, min_visits_a_year=0), LIMITS))
    assert told(change) == ("0", "2", "+2", "–")
