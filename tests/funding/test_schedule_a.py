"""Every amount of schedule A, as ICLD's slides of 2019-09-25 print them."""

import pytest

from funding.ceilings import ceiling_for
from tests.funding.delivered import schedules

CELLS = [
    ("preparation", "europe", False, 220_000, "total", "max"),
    ("preparation", "europe", True, 275_000, "total", "max"),
    ("preparation", "africa", False, 275_000, "total", "max"),
    ("preparation", "africa", True, 330_000, "total", "max"),
    ("preparation", "asia", False, 275_000, "total", "max"),
    ("preparation", "asia", True, 330_000, "total", "max"),
    ("project", "europe", False, 450_000, "per_year", "max"),
    ("project", "europe", True, 600_000, "per_year", "max"),
    ("project", "africa", False, 500_000, "per_year", "max"),
    ("project", "africa", True, 650_000, "per_year", "max"),
    ("project", "asia", False, 500_000, "per_year", "max"),
    ("project", "asia", True, 650_000, "per_year", "max"),
    ("steering_group", "europe", False, 300_000, "per_year", "guideline"),
    ("steering_group", "europe", True, 400_000, "per_year", "guideline"),
    ("steering_group", "africa", False, 300_000, "per_year", "guideline"),
    ("steering_group", "africa", True, 400_000, "per_year", "guideline"),
    ("steering_group", "asia", False, 300_000, "per_year", "guideline"),
    ("steering_group", "asia", True, 400_000, "per_year", "guideline"),
    ("development", "europe", False, 220_000, "total", "max"),
    ("development", "europe", True, 275_000, "total", "max"),
    ("development", "africa", False, 275_000, "total", "max"),
    ("development", "africa", True, 330_000, "total", "max"),
    ("development", "asia", False, 275_000, "total", "max"),
    ("development", "asia", True, 330_000, "total", "max"),
    ("dissemination", "europe", False, 50_000, "total", "max"),
    ("dissemination", "europe", True, 50_000, "total", "max"),
    ("dissemination", "africa", False, 50_000, "total", "max"),
    ("dissemination", "africa", True, 50_000, "total", "max"),
    ("dissemination", "asia", False, 50_000, "total", "max"),
    ("dissemination", "asia", True, 50_000, "total", "max"),
]


@pytest.mark.parametrize("years", [1, 2, 3])
@pytest.mark.parametrize(("phase", "region", "multi_party", "amount_sek", "basis", "kind"), CELLS)
def test_every_cell_of_schedule_a(phase, region, multi_party, amount_sek, basis, kind, years):
    found = ceiling_for(
        schedules()["A"],
        phase=phase,
        regions=[region],
        multi_party=multi_party,
        years=years,
        schedule="A",
        source="Slides 2019",
    )

    per_year = basis == "per_year"
    assert found.amount_sek == amount_sek * (years if per_year else 1)
    assert found.per_year_sek == (amount_sek if per_year else None)
    assert found.per_year == ((amount_sek,) * years if per_year else ())
    assert (found.basis, found.kind, found.years) == (basis, kind, years)


def test_schedule_a_has_these_cells_and_no_others():
    delivered = [
        (cell.phase, cell.region, cell.multi_party, cell.amount_sek, cell.basis, cell.kind)
        for cell in schedules()["A"]
    ]

    assert sorted(delivered) == sorted(CELLS)
    assert len(CELLS) == 30
