"""Budgets leave for spreadsheets and come back: looked at before they are saved, nothing lost."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from applications import actions
from applications.models import Application
from funding.documents.workbook_safety import MAX_BYTES, MEGABYTE
from funding.models import BudgetLine, ExchangeRate
from funding.pasting import MAX_ROWS
from tests.applications.pages import text
from tests.builders import add_line, fill
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

HEADING = "År\tPart\tKostnadsslag\tVad\tPersoner\tAntal\tPris per styck\tBelopp\n"
HOTEL = "1\tMalmö stad\tLogi\tHotell i Lusaka\t\t3\t1 200\t3 600\n"
PAY = "1\tMalmö\tLön\tProjektledare\t2\t10\t4 800\t96 000\n"


@pytest.fixture
def ready(pair, malmo):
    """A complete application whose budget is one line of 40 000 kr."""
    reasons = {"guideline_reason": "", "visits_reason": "Vi möts även utan stöd."}
    for application in pair:
        fill(application, budget=(("RESA_INT", 2, 20_000),), by=malmo, at=MID_ROUND)
        actions.save_reasons(application, reasons, by=malmo, at=MID_ROUND)
    return fresh(pair[0])


def sheet_of(application) -> str:
    return reverse("budget_xlsx", args=[application.public_id])


def import_of(application) -> str:
    return reverse("budget_import", args=[application.public_id])


def lines_of(application) -> list[BudgetLine]:
    return list(BudgetLine.objects.filter(budget=application.budget).select_related("cost_type"))


def paste(client, application, rows: str, **more):
    return client.post(import_of(application), {"rows": rows, **more})


def confirm(client, application, page, **changes):
    """Press the button that saves, on a page that shows what is read in."""
    fields = fields_of(page) | {"confirm": "1"} | changes
    return client.post(import_of(application), fields)


def upload(client, application, book: Workbook | bytes, name="budget.xlsx", **more):
    data = book
    if isinstance(book, Workbook):
        file = BytesIO()
        book.save(file)
        data = file.getvalue()
    return client.post(import_of(application), {"file": SimpleUploadedFile(name, data), **more})


def book_of(*rows) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def opened(response):
    return load_workbook(BytesIO(response.content))["Budget"]


# --- out ------------------------------------------------------------------------------------


def test_the_budget_is_downloaded_as_a_workbook(ready, malmo, client_for):
    response = client_for(malmo).get(sheet_of(ready))
    assert response.headers["Content-Disposition"].startswith('attachment; filename="budget-')
    rows = list(opened(response).iter_rows(values_only=True))
    (line,) = lines_of(ready)
    assert rows[0][:3] == ("År", "Part", "Kostnadsslag")
    assert rows[1][:3] == (1, "Malmö stad", "Internationella resor")
    assert rows[1][-2:] == (40_000, str(line.key))


def test_the_workbook_speaks_the_readers_language(ready, lusaka, client_for):
    rows = list(opened(client_for(lusaka).get(sheet_of(ready))).iter_rows(values_only=True))
    assert rows[0][:3] == ("Year", "Party", "Cost type")
    assert rows[1][2] == "International travel"


def test_a_reader_may_download(ready, malmo_reader, client_for):
    assert client_for(malmo_reader).get(sheet_of(ready)).status_code == 200


def test_an_officer_gets_what_was_handed_in_and_its_number_names_the_file(
    submitted, malmo, officer, client_for
):
    add_line(submitted, "LOGI", 1, 999, by=malmo, at=MID_ROUND)
    response = client_for(officer).get(sheet_of(submitted))
    assert f"budget-{submitted.dnr}.xlsx" in response.headers["Content-Disposition"]
    amounts = [row[-2] for row in opened(response).iter_rows(values_only=True)]
    assert amounts == ["Belopp (kr)", 40_000, None, 40_000]
    own = client_for(malmo).get(sheet_of(submitted))
    assert 999 in [row[-2] for row in opened(own).iter_rows(values_only=True)]


# --- in -------------------------------------------------------------------------------------


def test_pasted_rows_are_shown_first_and_saved_when_confirmed(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + HOTEL + PAY)
    assert "Hotell i Lusaka" in text(page)
    assert "99\u00a0600 kr" in page.text.replace("\u00a0kr", " kr")
    assert len(lines_of(ready)) == 1
    assert confirm(client, ready, page).status_code == 302
    saved = {line.description: line for line in lines_of(ready)}
    assert saved["Hotell i Lusaka"].amount_sek == 3600
    assert (saved["Projektledare"].persons, saved["Projektledare"].amount_sek) == (2, 96_000)
    assert len(saved) == 3


def test_rows_without_headings_are_read_in_our_order(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, "1\t\tLogi\tUtbyte\tHotell\t\t3\tnätter\t1.200,00")
    assert confirm(client, ready, page).status_code == 302
    line = next(line for line in lines_of(ready) if line.description == "Hotell")
    assert (line.activity, line.unit, line.amount_sek) == ("Utbyte", "nätter", 3600)
    assert line.party.organisation.display_name == "Malmö stad"


@pytest.mark.parametrize(
    ("row", "amount_sek"),
    [
        ("Year 1\tLusaka City Council\tAccommodation\tHotel\t2.5\t1,200\t", 3000),
        ("år 1\tlusaka\tLOGI\tHotell\t2,5\t1 200 kr\t", 3000),
        ("1\t\tresor\tFlyg\t\t\t8 500", None),
        ("1\t\tinternationella\tFlyg\t\t\t8 500", 8500),
        ("1\t\tLogi\tFlyg\t3\t\t8 500", None),
        ("2\t\tLogi\tHotell\t1\t100\t", None),
        ("\t\tLogi\tHotell\t1\t100\t", 100),
        ("1\tKarlstad\tLogi\tHotell\t1\t100\t", None),
        ("1\t\tLogi\tHotell\t-1\t100\t", None),
        ("1\t\tLogi\tHotell\tNaN\t100\t", None),
        ("1\t\tLogi\tHotell\t1\t100 000 000 000 000\t", None),
        ("1\t\tLogi\tHotell\t1\t4 800,50\t", None),
    ],
)
def test_names_years_and_numbers_as_people_write_them(ready, malmo, client_for, row, amount_sek):
    client = client_for(malmo)
    page = paste(client, ready, f"År\tPart\tKostnadsslag\tVad\tAntal\tPris\tBelopp\n{row}")
    response = confirm(client, ready, page)
    new = [line.amount_sek for line in lines_of(ready) if line.description != "Utbytesresa 1"]
    assert new == ([amount_sek] if amount_sek else [])
    assert response.status_code == (302 if amount_sek else 200)


def test_wrong_cells_are_named_by_address_and_keep_the_rest_from_being_saved(
    ready, malmo, client_for
):
    rows = HEADING + HOTEL * 12 + "1\tMalmö\tLogi\tTåg\t\t\t\tca 5000\n"
    client = client_for(malmo)
    page = paste(client, ready, rows)
    assert "rad 14, kolumn Belopp: ”ca 5000” är inte ett belopp" in text(page)
    assert 'href="#cell-14-7"' in page.text
    again = confirm(client, ready, page)
    assert again.status_code == 200
    assert "lämna" in text(again)
    assert len(lines_of(ready)) == 1


def test_a_wrong_cell_is_mended_on_the_page(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + "1\tMalmö\tLogi\tTåg\t\t\t\tca 5000\n")
    shown = client.post(import_of(ready), fields_of(page) | {"cell-2-7": "5 000"})
    assert "ca 5000" not in shown.text
    assert len(lines_of(ready)) == 1
    assert confirm(client, ready, shown).status_code == 302
    assert 5000 in [line.amount_sek for line in lines_of(ready)]


def test_what_is_mended_is_looked_at_before_it_is_saved(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + HOTEL)
    changed = confirm(client, ready, page, rows=HEADING + HOTEL.replace("1 200", "1 300"))
    assert changed.status_code == 200
    assert len(lines_of(ready)) == 1
    assert confirm(client, ready, changed).status_code == 302


def test_rows_with_errors_can_be_left_out(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + HOTEL + "1\tMalmö\tLogi\tTåg\t\t\t\tca 5000\n")
    assert confirm(client, ready, page, leave_out="on").status_code == 302
    assert sorted(line.amount_sek for line in lines_of(ready)) == [3600, 40_000]


def test_hundreds_of_wrong_cells_are_all_told_and_can_be_sent_again(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, "År\tKostnadsslag\tAntal\tPris\n" + "x\tx\tx\tx\n" * 400)
    assert "1\u00a0550 till" in page.text or "1550 till" in page.text
    assert text(page).count("är inget kostnadsslag") > 400
    again = client.post(import_of(ready), fields_of(page) | {"cell-2-1": "Logi"})
    assert again.status_code == 200
    assert "1549 till" in again.text


def test_a_missing_column_is_said_once(ready, malmo, client_for):
    page = paste(client_for(malmo), ready, "Vad\tBelopp\nHotell\t100\nTåg\t200\n")
    assert text(page).count("Kolumnen Kostnadsslag saknas") == 1


def test_sums_unknown_columns_and_amounts_that_differ_are_told(ready, malmo, client_for):
    rows = (
        "År\tKostnadsslag\tVad\tPersoner\tAntal\tPris\tBelopp\tKonto\n"
        "1\tLogi\tHotell\t4\t3\t1 000\t12 000\t5831\n"
        "1\tLogi\tHotell\t\t3\t1 000\t2 999\t5831\n"
        "Summa\t\t\t\t\t\t14 999\n"
    )
    page = text(paste(client_for(malmo), ready, rows)).replace("\u00a0", " ")
    assert "Konto" in page
    assert "Rad 4 " in page
    assert "Rad 2: 4 personer × 3 blev antalet 12" in page
    assert "Rad 3: beloppet är 2 999" in page


# --- there and back -------------------------------------------------------------------------


def test_an_exported_budget_read_in_again_changes_nothing(ready, malmo, client_for):
    line = add_line(ready, "LON", "2.5", 4800, persons=3, by=malmo, at=MID_ROUND)
    before = BudgetLine.objects.filter(budget=ready.budget).values()
    before, revision = list(before), fresh(ready).revision
    client = client_for(malmo)
    page = upload(client, ready, client.get(sheet_of(ready)).content)
    assert str(line.key) in page.text
    assert "nya rader: 0, ändrade: 0, borttagna: 0" in text(page)
    assert text(page).count("som förut") == 2
    assert confirm(client, ready, page).status_code == 302
    assert list(BudgetLine.objects.filter(budget=ready.budget).values()) == before
    assert fresh(ready).revision == revision


def test_a_changed_row_changes_its_line_and_a_new_row_adds_one(ready, malmo, client_for):
    (line,) = lines_of(ready)
    client = client_for(malmo)
    book = load_workbook(BytesIO(client.get(sheet_of(ready)).content))
    book["Budget"]["G2"] = 3
    book["Budget"].insert_rows(3)
    for place, value in enumerate((1, None, "Logi", None, "Hotell", None, 2, "nätter", 900), 1):
        book["Budget"].cell(3, place).value = value
    page = upload(client, ready, book)
    assert "nya rader: 1, ändrade: 1" in text(page)
    assert confirm(client, ready, page).status_code == 302
    amounts = {each.key: each.amount_sek for each in lines_of(ready)}
    assert amounts.pop(line.key) == 60_000
    assert list(amounts.values()) == [1800]


def test_the_whole_budget_is_replaced_when_one_chooses_so(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + PAY + HOTEL)
    assert "borttagna: 1" in text(page)
    assert confirm(client, ready, page, how="replace").status_code == 302
    assert [line.description for line in lines_of(ready)] == ["Projektledare", "Hotell i Lusaka"]


def test_replacing_keeps_a_line_whose_own_row_is_wrong(ready, malmo, client_for):
    (line,) = lines_of(ready)
    client = client_for(malmo)
    rows = "År\tKostnadsslag\tVad\tAntal\tPris\tRad-id\n"
    rows += f"1\tLogi\tHotell\t1\tmycket\t{line.key}\n1\tLogi\tTåg\t1\t100\t\n"
    page = paste(client, ready, rows)
    assert confirm(client, ready, page, how="replace", leave_out="on").status_code == 302
    assert {each.description for each in lines_of(ready)} == {"Utbytesresa 1", "Tåg"}


def test_replacing_puts_the_lines_in_the_order_of_the_rows(ready, malmo, client_for):
    add_line(ready, "LOGI", 1, 999, description="Hotell", by=malmo, at=MID_ROUND)
    first, second = lines_of(ready)
    rows = "År\tKostnadsslag\tVad\tAntal\tPris\tRad-id\n"
    rows += f"1\tLogi\tHotell\t1\t999\t{second.key}\n"
    rows += f"1\tInternationella\tUtbytesresa 1\t2\t20 000\t{first.key}\n"
    client = client_for(malmo)
    page = paste(client, ready, rows)
    for _each in range(2):
        assert confirm(client, ready, page, how="replace").status_code == 302
        assert [line.key for line in lines_of(ready)] == [second.key, first.key]


def test_sending_twice_adds_nothing_twice(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + HOTEL + HOTEL)
    assert confirm(client, ready, page).status_code == 302
    assert confirm(client, ready, page).status_code == 302
    assert len(lines_of(ready)) == 3


def test_a_copied_row_is_a_new_line(ready, malmo, client_for):
    (line,) = lines_of(ready)
    row = f"1\tLogi\tHotell\t1\t100\t{line.key}\n"
    client = client_for(malmo)
    page = paste(client, ready, f"År\tKostnadsslag\tVad\tAntal\tPris\tRad-id\n{row}{row}")
    assert confirm(client, ready, page).status_code == 302
    assert [each.amount_sek for each in lines_of(ready)] == [100, 100]


def test_a_line_in_another_currency_comes_back_with_its_rate(ready, malmo, client_for):
    ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.08"), valid_on=MID_ROUND.date(), source="Riksbanken"
    )
    client = client_for(malmo)
    rows = (
        "År\tPart\tKostnadsslag\tVad\tAntal\tPris\tValuta\n1\tLusaka\tLokal\tSal\t2\t1250,50\tkes\n"
    )
    page = paste(client, ready, rows)
    assert "KES\u00a01\u00a0250,5" in page.text
    assert confirm(client, ready, page).status_code == 302
    line = next(each for each in lines_of(ready) if each.currency == "KES")
    assert (line.foreign_price, line.amount_sek) == (Decimal("1250.50"), 200)
    page = upload(client, ready, client.get(sheet_of(ready)).content)
    assert confirm(client, ready, page).status_code == 302
    line.refresh_from_db()
    assert line.amount_sek == 200


# --- bad input ------------------------------------------------------------------------------


def test_nothing_at_all_is_asked_for(ready, malmo, client_for):
    client = client_for(malmo)
    for sent in ({}, {"rows": ""}, {"rows": " \n\t\n"}):
        assert "Klistra in rader" in text(client.post(import_of(ready), sent))


def test_ten_thousand_rows_are_refused_in_words_and_kept(ready, malmo, client_for):
    page = paste(client_for(malmo), ready, HEADING + HOTEL * 10_000)
    assert page.status_code == 200
    assert "10\u00a0001 rader" in page.text
    assert page.text.count("Hotell i Lusaka") == 10_000
    assert len(lines_of(ready)) == 1


def test_how_much_can_be_read_in_is_said_beside_the_fields(ready, malmo, client_for):
    page = text(client_for(malmo).get(import_of(ready)))
    assert f" {MAX_ROWS} " in page
    assert f" {MAX_BYTES // MEGABYTE} MB" in page


def test_a_budget_never_grows_past_its_limit(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, "1\t\tLogi\t\tHotell\t\t1\t\t10\n" * 500)
    response = confirm(client, ready, page)
    assert response.status_code == 409
    assert "500" in text(response)
    assert len(lines_of(ready)) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "inte en Excel-arbetsbok"),
        (b"", "inte en Excel-arbetsbok"),
        (b"PK\x03\x04" + b"\0" * 80, "skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 80, ".xls"),
        (b" " * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_a_file_that_is_no_workbook_is_told_and_what_was_pasted_is_kept(
    ready, malmo, client_for, data, said
):
    page = upload(client_for(malmo), ready, data, rows=HEADING + HOTEL)
    assert page.status_code == 200
    assert said in text(page)
    assert "Hotell i Lusaka" in page.text


def test_a_file_is_carried_over_as_text_so_that_it_is_chosen_once(ready, malmo, client_for):
    book = book_of(["Kostnadsslag", "Vad", "Belopp"], [], ["Logi", "Tåg", "ca 5000"])
    client = client_for(malmo)
    page = upload(client, ready, book)
    assert "rad 3, kolumn Belopp" in text(page)
    shown = client.post(import_of(ready), fields_of(page) | {"cell-3-2": "5000"})
    assert confirm(client, ready, shown).status_code == 302
    assert 5000 in [line.amount_sek for line in lines_of(ready)]


def test_hidden_sheets_and_formulas_without_values_are_told(ready, malmo, client_for):
    book = book_of(["Kostnadsslag", "Vad", "Antal", "Pris"], ["Logi", "Tåg", 1, "=2*50"])
    book.create_sheet("Dold").sheet_state = "hidden"
    page = text(upload(client_for(malmo), ready, book))
    assert "Dold" in page
    assert "Cell D2" in page or "Cellen D2" in page


def test_cells_are_shown_as_text_whatever_they_hold(ready, malmo, client_for):
    page = paste(client_for(malmo), ready, "1\t\t<b>\t\t<script>x</script>\t\t1\t\t1")
    assert "<script>x" not in page.text
    assert "&lt;script&gt;x" in page.text


def test_invented_fields_are_no_error(ready, malmo, client_for):
    odd = {"cell-2-99": "x", "cell-999999-1": "x", "batch": "x", "was": "x", "how": "burn"}
    page = paste(client_for(malmo), ready, HEADING + HOTEL, confirm="1", shown="x", **odd)
    assert page.status_code == 200
    assert len(lines_of(ready)) == 1


# --- who and when ---------------------------------------------------------------------------


def test_another_municipality_finds_nothing(ready, karlstad, client_for):
    client = client_for(karlstad)
    assert client.get(sheet_of(ready)).status_code == 404
    assert client.get(import_of(ready)).status_code == 404
    assert paste(client, ready, HEADING + HOTEL).status_code == 404


def test_a_reader_cannot_read_in(ready, malmo_reader, client_for):
    client = client_for(malmo_reader)
    assert client.get(import_of(ready)).status_code == 403
    assert paste(client, ready, HEADING + HOTEL).status_code == 403


def test_an_officer_cannot_read_in(submitted, officer, client_for):
    assert client_for(officer).get(import_of(submitted)).status_code == 403


def test_one_who_is_not_logged_in_is_asked_to(ready, client_for):
    for address in (sheet_of(ready), import_of(ready)):
        assert client_for(None).get(address).status_code == 302


def test_after_the_close_it_is_refused_and_what_was_pasted_kept(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    page = paste(client, submitted, HEADING + HOTEL)
    set_clock(AFTER_CLOSE)
    response = confirm(client, submitted, page)
    assert response.status_code == 409
    assert "Hotell i Lusaka" in response.text
    assert len(lines_of(submitted)) == 1
    assert "<textarea" not in client.get(import_of(submitted)).text


def test_a_budget_changed_meanwhile_is_looked_at_again(ready, malmo, client_for):
    client = client_for(malmo)
    page = paste(client, ready, HEADING + HOTEL)
    add_line(ready, "LOGI", 1, 999, by=malmo, at=MID_ROUND)
    response = confirm(client, ready, page, how="replace")
    assert response.status_code == 409
    assert len(lines_of(ready)) == 2
    assert "borttagna: 2" in text(response)
    assert confirm(client, ready, response).status_code == 302
    assert len(lines_of(ready)) == 1


@pytest.mark.parametrize("count", [1, 400])
def test_queries_do_not_grow_with_the_rows(
    ready, malmo, client_for, count, django_assert_max_num_queries
):
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(import_of(ready))
    with django_assert_max_num_queries(12):
        page = paste(client, ready, HEADING + HOTEL * count)
    with django_assert_max_num_queries(25):
        assert confirm(client, ready, page).status_code == 302
    with django_assert_max_num_queries(12):
        client.get(sheet_of(ready))


def test_the_page_is_there_in_both_languages(ready, malmo, lusaka, client_for):
    assert "Läs in rader" in text(client_for(malmo).get(import_of(ready)))
    page = paste(client_for(lusaka), ready, "Cost type\tWhat for\tAmount\nAccommodation\tRail\tabc")
    assert "row 2, column Amount" in text(page)
    with translation.override("en"):
        assert Application.objects.filter(pk=ready.pk).exists()


def test_rows_and_a_file_at_once_are_asked_about(ready, malmo, client_for):
    file = SimpleUploadedFile("budget.xlsx", client_for(malmo).get(sheet_of(ready)).content)
    page = paste(client_for(malmo), ready, HEADING + HOTEL, file=file)
    assert "Välj det ena." in page.text
    assert "Hotell i Lusaka" in page.text


def test_the_preview_reckons_by_the_rate_that_saving_uses(ready, malmo, client_for):
    """A budget keeps one rate for a currency, also when ICLD has a newer one."""
    rate = {"currency": "KES", "source": "Riksbanken"}
    ExchangeRate.objects.create(rate=Decimal("0.08"), valid_on="2027-02-01", **rate)
    add_line(ready, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    ExchangeRate.objects.create(rate=Decimal("0.09"), valid_on="2027-03-01", **rate)
    rows = "År\tKostnadsslag\tVad\tAntal\tPris per styck\tValuta\n1\tKost\tLunch\t1\t1 000\tKES\n"
    client = client_for(malmo)
    page = paste(client, ready, rows)
    assert page.context["found"].total_sek == 80
    client.post(import_of(ready), fields_of(page) | {"confirm": "1"})
    assert BudgetLine.objects.get(budget=ready.budget, description="Lunch").amount_sek == 80
