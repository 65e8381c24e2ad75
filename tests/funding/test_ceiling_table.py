"""The ceilings as the public reads them."""

from dataclasses import dataclass

from funding.ceiling_table import ceiling_table


@dataclass
class Cell:
    phase: str
    region: str
    amount_sek: int
    multi_party: bool = False
    basis: str = "per_year"
    kind: str = "max"


def test_regions_that_share_every_amount_share_a_column():
    cells = [Cell("project", "europe", 1), Cell("project", "africa", 2), Cell("project", "asia", 2)]
    table = ceiling_table(cells, multi_party=False)
    assert len(table.columns) == 2
    assert table.rows[0].amounts_sek == [1, 2]


def test_regions_that_differ_in_one_amount_stand_apart():
    cells = [Cell("project", "europe", 1), Cell("project", "africa", 2), Cell("project", "asia", 3)]
    assert ceiling_table(cells, multi_party=False).rows[0].amounts_sek == [1, 2, 3]


def test_two_party_and_multi_party_amounts_are_never_mixed():
    cells = [Cell("project", "europe", 1), Cell("project", "europe", 9, multi_party=True)]
    assert ceiling_table(cells, multi_party=True).rows[0].amounts_sek[0] == 9


def test_a_missing_cell_is_left_empty_and_a_guideline_is_said():
    table = ceiling_table([Cell("steering_group", "africa", 3, kind="guideline")], False)
    (row,) = table.rows
    assert sorted(row.amounts_sek, key=str) == [3, None]
    assert row.guideline
    assert row.per_year
