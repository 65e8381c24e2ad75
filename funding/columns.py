"""The columns of a budget kept in a spreadsheet, and how they are recognised by their headings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from funding.pasting import Row
from funding.wording import Bilingual


def plain(text: str) -> str:
    """A heading in small letters, its words parted by one space: "Belopp (kr)" is "belopp kr"."""
    return " ".join(re.findall(r"[\w-]+", text.casefold()))


def letter(place: int) -> str:
    """A column as spreadsheets name it: 0 is A, 25 is Z, 26 is AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


@dataclass(frozen=True)
class Column:
    """`names`: further headings that people use, in both languages, in plain small letters."""

    key: str
    label: Bilingual
    names: tuple[str, ...] = ()

    @property
    def headings(self) -> set[str]:
        return {plain(self.label.sv), plain(self.label.en), *self.names}


KEY = "key"
COLUMNS = (
    Column(
        "project_year",
        Bilingual("År", "Year"),
        ("projektår", "project year", "budgetår", "budget year"),
    ),
    Column(
        "party",
        Bilingual("Part", "Party"),
        ("organisation", "organization", "vem", "who", "kommun", "municipality", "partner"),
    ),
    Column(
        "cost_type",
        Bilingual("Kostnadsslag", "Cost type"),
        ("kostnadstyp", "typ av kostnad", "kategori", "category", "type of cost", "budget item"),
    ),
    Column("activity", Bilingual("Aktivitet", "Activity"), ("aktiviteter", "activities")),
    Column(
        "description",
        Bilingual("Vad", "What for"),
        ("beskrivning", "description", "avser", "specifikation", "what", "funktion", "function"),
    ),
    Column(
        "persons",
        Bilingual("Personer", "Persons"),
        ("antal personer", "people", "number of persons", "number of people"),
    ),
    Column(
        "quantity",
        Bilingual("Antal", "Quantity"),
        ("kvantitet", "mängd", "qty", "number", "antal dagar", "dagar", "days"),
    ),
    Column("unit", Bilingual("Enhet", "Unit"), ("enheter", "units")),
    Column(
        "unit_price",
        Bilingual("Pris per styck", "Unit price"),
        (
            *("pris", "à-pris", "a-pris", "à pris", "a pris", "styckpris", "pris per enhet"),
            *("enhetspris", "kostnad per enhet", "pris per st", "price", "price each"),
            *("price per unit", "cost per unit", "unit cost", "rate"),
        ),
    ),
    Column("currency", Bilingual("Valuta", "Currency")),
    Column(
        "amount",
        Bilingual("Belopp (kr)", "Amount (SEK)"),
        (
            *("belopp", "summa", "totalt", "total kostnad", "kostnad", "summa kr", "totalt kr"),
            *("amount", "sum", "total", "total cost", "cost", "total sek", "sum sek"),
        ),
    ),
    Column(KEY, Bilingual("Rad-id", "Line id"), ("radid", "id", "line key")),
)
BY_KEY = {column.key: column for column in COLUMNS}
BY_HEADING = {heading: column.key for column in COLUMNS for heading in column.headings}

_SEARCHED = 10  # rows above the heading: a title, an address, a date
_SUMS = ("summa", "delsumma", "totalt", "total", "sum", "subtotal")


@dataclass(frozen=True)
class Layout:
    """Where a sheet has its columns. `first`: how many rows stand before the first line.

    `headings` are the words of the sheet itself, else ours; `unknown` those nobody recognised.
    """

    places: Mapping[str, int]
    headings: Mapping[str, str]
    first: int = 0
    unknown: Sequence[str] = ()

    def cells(self, row: Row) -> dict[str, str]:
        """The texts of one row by the key of their column; a column that is not there is absent."""
        return {
            key: row.cells[place] for key, place in self.places.items() if place < len(row.cells)
        }

    def is_sum(self, row: Row) -> bool:
        """A row that only adds up others: it begins with "Summa" and names no cost."""
        cells, first = self.cells(row), next(filter(None, row.cells), "")
        named = cells.get("cost_type", ""), cells.get("unit_price", "")
        return plain(first).split(" ")[0] in _SUMS and not (set(named) - {"", first})


def layout_of(rows: Sequence[Row]) -> Layout:
    """By the headings when there are any, whatever their order; else ours in our order."""
    for count, row in enumerate(rows[:_SEARCHED], start=1):
        found = _recognised(row.cells)
        filled = [cell for cell in row.cells if cell]
        if len(found) > 1 and len(found) * 2 >= len(filled):
            return Layout(
                places=found,
                headings={key: row.cells[place] for key, place in found.items()},
                first=count,
                unknown=[
                    cell
                    for place, cell in enumerate(row.cells)
                    if cell and place not in found.values()
                ],
            )
    ours = [column.key for column in COLUMNS if column.key != KEY]
    return Layout(
        places={key: place for place, key in enumerate(ours)},
        headings={key: str(BY_KEY[key].label) for key in ours},
    )


def _recognised(cells: Iterable[str]) -> dict[str, int]:
    """The places of the columns that these headings name; the first of two alike counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = BY_HEADING.get(plain(cell))
        if key:
            found.setdefault(key, place)
    return found
