"""Budgets leave as workbooks and come back as they were; what is no workbook is told so."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from funding.columns import COLUMNS, layout_of
from funding.documents.workbook import CHOICES, SHEET, workbook
from funding.documents.workbook_reading import read_workbook, text_of
from funding.documents.workbook_safety import MAX_BYTES, MAX_UNPACKED_BYTES, MEGABYTE
from funding.models import BudgetLine, CostType
from funding.pasting import MAX_ROWS, cell_text
from funding.sheet_refusals import (
    FileTooLarge,
    LockedWorkbook,
    NotAWorkbook,
    NoVisibleSheet,
    OldWorkbook,
    TooManyRows,
    UnpacksTooLarge,
    UnreadableWorkbook,
    WorkbookWithMacros,
)
from icld_portal.refusals import Refusal
from partnerships.models import Organisation, Party

KEYS = [column.key for column in COLUMNS]


def line(**fields) -> BudgetLine:
    party = Party(organisation=Organisation(display_name=fields.pop("party", "Malmö stad")))
    values = {
        "project_year": 1,
        "party": party,
        "cost_type": CostType(label_sv="Logi", label_en="Accommodation", group="expense"),
        "activity": "Utbyte",
        "description": "Hotell",
        "persons": 1,
        "quantity": Decimal("2.50"),
        "unit": "nätter",
        "unit_price_sek": 1200,
        "currency": "SEK",
        "amount_sek": 3000,
    }
    return BudgetLine(**(values | fields))


def written(*lines: BudgetLine) -> bytes:
    names = {each.party.organisation.display_name for each in lines}
    return workbook(lines, title="Unga", parties=sorted(names), cost_types=["Lön", "Logi"])


def read_back(*lines: BudgetLine) -> list[dict[str, str]]:
    """The texts of the lines by column."""
    sheet = read_workbook(written(*lines))
    layout = layout_of(sheet.rows)
    assert [*layout.unknown, *sheet.unsaved, *sheet.notes] == []
    return [layout.cells(row) for row in sheet.rows[layout.first :] if not layout.is_sum(row)]


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(*rows) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def cells_of(book: Workbook) -> list[tuple[str, ...]]:
    return [row.cells for row in read_workbook(saved(book)).rows]


def repacked(data: bytes, **changes: bytes | None) -> bytes:
    """The same zip with some of its files (by the end of their names) changed, added or gone."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            content = changes.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changes.items():
            new.writestr(name, content)
    return file.getvalue()


# --- there and back -------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "cost_type"), [("sv", "Logi"), ("en", "Accommodation")])
def test_a_line_comes_back_as_it_was_in_either_language(language, cost_type):
    original = line()
    with translation.override(language):
        (cells,) = read_back(original)
    assert cells == {
        "project_year": "1",
        "party": "Malmö stad",
        "cost_type": cost_type,
        "activity": "Utbyte",
        "description": "Hotell",
        "persons": "1",
        "quantity": "2.5",
        "unit": "nätter",
        "unit_price": "1200",
        "currency": "SEK",
        "amount": "3000",
        "key": str(original.key),
    }


def test_what_one_may_choose_is_no_second_budget_in_either_language():
    for language in ("sv", "en"):
        with translation.override(language):
            data = written(line())
        assert read_workbook(data).notes == []


def test_a_line_in_another_currency_keeps_its_own_price():
    foreign = line(currency="KES", foreign_price=Decimal("1250.50"), unit_price_sek=102)
    (cells,) = read_back(foreign)
    assert (cells["unit_price"], cells["currency"]) == ("1250.5", "KES")


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["=1+1", "=cmd|'/c calc'!A1", "+46 40", "-", "-2", "@SUM(A1)", "_x0041_", "4800"]
    ),
    st.text(max_size=10).map("=".__add__),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            line,
            description=TEXTS,
            activity=TEXTS,
            unit=TEXTS,
            persons=st.integers(1, 999),
            quantity=st.decimals(0, 999_999, places=2),
            unit_price_sek=st.integers(0, 1_000_000_000),
            amount_sek=st.integers(0, 1_000_000_000),
        ),
        max_size=4,
    )
)
def test_texts_and_numbers_survive_the_journey(lines):
    back = read_back(*lines)
    assert [cells.get("key") for cells in back] == [str(each.key) for each in lines]
    for cells, each in zip(back, lines, strict=True):
        for name in ("description", "activity", "unit"):
            assert cells[name] == cell_text(getattr(each, name))
        assert Decimal(cells["quantity"]) == each.quantity
        assert int(cells["unit_price"]) == each.unit_price_sek
        assert int(cells["persons"]) == each.persons


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@x"])
def test_a_text_like_a_formula_is_written_as_text(text):
    sheet = load_workbook(BytesIO(written(line(description=text))))[SHEET]
    cell = sheet.cell(2, KEYS.index("description") + 1)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_the_sheet_has_a_frozen_bold_heading_choices_and_a_sum_apart():
    book = load_workbook(BytesIO(written(line(), line(amount_sek=1000))))
    sheet = book[SHEET]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert [cell.value for cell in sheet[4]] == [None] * len(KEYS)
    assert (sheet["A5"].value, sheet.cell(5, KEYS.index("amount") + 1).value) == ("Summa", 4000)
    ranges = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert ranges == {
        "B2:B501": f"{CHOICES}!$A$2:$A$2",
        "C2:C501": f"{CHOICES}!$B$2:$B$3",
    }


def test_a_budget_without_lines_is_a_sheet_to_fill_in():
    assert read_back() == []


# --- what others' workbooks hold ------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (4800.0, "4800"),
        (4800, "4800"),
        (0.1 + 0.2, "0.3"),
        (2.5, "2.5"),
        (4.123, "4.1230"),
        (-1.0, "-1"),
        (1e15, "1000000000000000"),
        (float("inf"), "inf"),
        (Decimal("4800.00"), "4800"),
        (True, "TRUE"),
        (date(2027, 9, 1), "2027-09-01"),
        (datetime(2027, 9, 1), "2027-09-01"),
        (datetime(2027, 9, 1, 13, 30), "2027-09-01T13:30:00"),
        ("  två\nrader_x000D_ ", "två rader"),
    ],
)
def test_values_become_the_texts_that_people_type(value, text):
    assert text_of(value) == text


def test_rows_keep_their_numbers():
    book = book_of(["År", "Vad"])
    book.active["A5"] = 2
    assert [row.number for row in read_workbook(saved(book)).rows] == [1, 5]


def test_hidden_sheets_are_passed_over_and_told():
    book = book_of(["dold"])
    book.active.title = "Gammal"
    book.active.sheet_state = "hidden"
    book.create_sheet("Mycket gammal").sheet_state = "veryHidden"
    book.create_sheet("Kostnader")["A1"] = "synlig"
    book.create_sheet("Anteckningar")
    sheet = read_workbook(saved(book))
    assert [row.cells[0] for row in sheet.rows] == ["synlig"]
    assert len(sheet.notes) == 2
    assert "Gammal, Mycket gammal" in sheet.notes[0]
    assert "Kostnader" in sheet.notes[1]
    assert "Anteckningar" in sheet.notes[1]


def test_the_sheet_called_budget_goes_before_the_first():
    book = book_of(["först"])
    book.create_sheet("BUDGET")["A1"] = "rätt"
    assert [row.cells[0] for row in read_workbook(saved(book)).rows] == ["rätt"]


def test_a_hidden_budget_is_not_read():
    book = book_of(["synlig"])
    book.create_sheet("Budget").sheet_state = "hidden"
    assert [row.cells[0] for row in read_workbook(saved(book)).rows] == ["synlig"]


def test_formulas_count_by_their_saved_value():
    data = saved(book_of(["Belopp", "Vad"], ["=2*2400", "Hotell"]))
    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = packed.read("xl/worksheets/sheet1.xml")
    with_value = xml.replace(b"<v></v>", b"<v>4800</v>").replace(b"<v />", b"<v>4800</v>")
    assert with_value != xml
    sheet = read_workbook(repacked(data, **{"xl/worksheets/sheet1.xml": with_value}))
    assert sheet.rows[1].cells[:2] == ("4800", "Hotell")
    assert not sheet.unsaved


def test_a_formula_without_a_saved_value_names_its_cell():
    book = book_of(["Vad", "Antal", "Pris", "Belopp"], ["Hotell", 2, 1200, "=B2*C2"])
    sheet = read_workbook(saved(book))
    (unsaved,) = sheet.unsaved
    assert "D2" in unsaved.text()
    assert "=B2*C2" in unsaved.text()
    assert sheet.rows[1].cells[3] == "=B2*C2"


def test_the_declared_size_of_a_sheet_is_not_believed():
    data = saved(book_of(["Vad"], ["Hotell"]))
    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = packed.read("xl/worksheets/sheet1.xml")
    lying = xml.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    lying = lying.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')
    assert len(lying) > len(xml) + 10
    sheet = read_workbook(repacked(data, **{"xl/worksheets/sheet1.xml": lying}))
    assert [row.cells[0] for row in sheet.rows] == ["Vad", "Hotell"]


def test_columns_far_out_are_passed_over():
    book = book_of(["Vad"])
    book.active["XFD1"] = "långt bort"
    assert cells_of(book) == [("Vad",)]


def test_an_endless_cell_is_cut():
    assert len(cells_of(book_of(["x" * 30_000]))[0][0]) == 1000


def test_more_rows_than_a_budget_has_are_refused():
    assert len(cells_of(book_of(*[["Resa"]] * MAX_ROWS))) == MAX_ROWS
    with pytest.raises(TooManyRows):
        cells_of(book_of(*[["Resa"]] * (MAX_ROWS + 1)))


# --- what is no workbook --------------------------------------------------------------------


def bomb() -> bytes:
    return repacked(
        written(line()), **{"xl/worksheets/sheet2.xml": b" " * (MAX_UNPACKED_BYTES + 1)}
    )


def dense_bomb() -> bytes:
    return repacked(written(line()), **{"xl/media/image1.png": b" " * (20 * MEGABYTE)})


def many_entries() -> bytes:
    return repacked(written(line()), **{f"xl/{number}.xml": b"" for number in range(600)})


def slow_to_read() -> bytes:
    """One row of a fifty thousand cells: small, but long to read."""
    data = written(line())
    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = packed.read("xl/worksheets/sheet1.xml")
    cells = b"".join(b"<c><v>%d</v></c>" % (number * 7919) for number in range(50_000))
    wide = xml.replace(b"</sheetData>", b"<row>" + cells + b"</row></sheetData>")
    return repacked(data, **{"xl/worksheets/sheet1.xml": wide})


def with_macros() -> bytes:
    return repacked(written(line()), **{"xl/vbaProject.bin": b"macro"})


def macro_content_type() -> bytes:
    data = written(line())
    with zipfile.ZipFile(BytesIO(data)) as packed:
        contents = packed.read("[Content_Types].xml")
    changed = contents.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert changed != contents
    return repacked(data, **{"[Content_Types].xml": changed})


def xml_bomb(part: str) -> bytes:
    entities = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 20) for letter in b"bcdefgh"
    )
    data = written(line())
    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = packed.read(part)
    head, body = (b"", xml) if not xml.startswith(b"<?xml") else xml.split(b"?>", 1)
    root = b"<!DOCTYPE bomb [" + entities + b"]>" + body.replace(b"</", b"&h;</", 1)
    return repacked(data, **{part: (head + b"?>" if head else b"") + root})


def zipped(**files: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


def all_hidden() -> bytes:
    """No program saves one, but a file may say so."""
    data = written(line())
    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = packed.read("xl/workbook.xml")
    return repacked(data, **{"xl/workbook.xml": xml.replace(b'"visible"', b'"hidden"')})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (bomb, UnpacksTooLarge),
        (dense_bomb, UnpacksTooLarge),
        (many_entries, UnpacksTooLarge),
        (slow_to_read, UnpacksTooLarge),
        (with_macros, WorkbookWithMacros),
        (macro_content_type, WorkbookWithMacros),
        (all_hidden, NoVisibleSheet),
        (lambda: OLE, OldWorkbook),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), LockedWorkbook),
        (lambda: b"", NotAWorkbook),
        (lambda: b"%PDF-1.7", NotAWorkbook),
        (lambda: b"Vad;Belopp;Valuta", NotAWorkbook),
        (lambda: zipped(**{"brev.txt": b"hej"}), NotAWorkbook),
        (lambda: zipped(**{"[Content_Types].xml": b"<x>wordprocessingml</x>"}), NotAWorkbook),
        (lambda: zipped(**{"[Content_Types].xml": b"spreadsheetml"}), UnreadableWorkbook),
        (lambda: b"PK\x03\x04" + b"\0" * 100, UnreadableWorkbook),
        (lambda: written(line())[:-200], UnreadableWorkbook),
        (lambda: b" " * (MAX_BYTES + 1), FileTooLarge),
        (lambda: repacked(written(line()), **{"xl/workbook.xml": b"<"}), UnreadableWorkbook),
        (
            lambda: repacked(written(line()), **{"xl/worksheets/sheet1.xml": None}),
            NoVisibleSheet,
        ),
        (lambda: xml_bomb("xl/worksheets/sheet1.xml"), UnreadableWorkbook),
        (lambda: xml_bomb("xl/workbook.xml"), UnreadableWorkbook),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(make, refusal, language):
    with translation.override(language), pytest.raises(refusal) as found:
        read_workbook(make())
    assert len(found.value.text()) > 50


def is_read_or_refused(data: bytes) -> bool:
    try:
        read_workbook(data)
    except Refusal as refusal:
        return bool(refusal.text())
    return True


INTACT = written(line())
PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml")


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1))
def test_damaged_bytes_are_read_or_refused_never_an_error(damages):
    damaged = bytearray(INTACT)
    for place, byte in damages:
        damaged[int(place * len(damaged))] = byte
    assert is_read_or_refused(bytes(damaged))


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(PARTS),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 40),
    st.binary(max_size=10),
)
def test_damaged_parts_are_read_or_refused_never_an_error(part, place, length, rubbish):
    with zipfile.ZipFile(BytesIO(INTACT)) as packed:
        xml = packed.read(part)
    start = int(place * len(xml))
    damaged = xml[:start] + rubbish + xml[start + length :]
    assert is_read_or_refused(repacked(INTACT, **{part: damaged}))
