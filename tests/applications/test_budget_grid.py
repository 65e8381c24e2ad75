"""The budget's grid in a browser: saved and judged while one writes, and nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import actions
from funding.models import BudgetLine, ExchangeRate
from tests.builders import add_line
from tests.conftest import fresh
from tests.holding import Held
from tests.moments import MID_ROUND
from tests.settling import settle

LIVE = "**/budget/spara/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def grid(live_server, page, context, client_for, malmo, ready):
    """The budget page as Malmö's coordinator sees it, with two lines of 20 000 kr."""
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("application_budget", args=[ready.public_id]))
    yield page
    settle(page)


def rows(page):
    return page.locator("#budget tr[data-key]")


def write(row, **cells) -> None:
    """Fill the cells of a row, by their labels."""
    for label, text in cells.items():
        cell = row.get_by_label(label.replace("_", " "), exact=True)
        if label == "Kostnadsslag":
            cell.select_option(label=text)
        else:
            cell.fill(text)


def saved(page) -> None:
    expect(page.locator("#save-state")).to_contain_text("Sparat")


def menu(page, row, button: str) -> None:
    row.locator("summary").click()
    row.get_by_role("button", name=button).click()


def test_a_line_is_counted_saved_and_judged_while_one_writes(grid, ready):
    grid.get_by_role("button", name="Lägg till en rad för år 1").click()
    row = rows(grid).nth(2)
    write(row, Kostnadsslag="Lön", Vad_pengarna_ska_gå_till="Projektledare")
    write(row, Personer="2", Antal="2,5", Pris_per_styck="4.801")
    expect(row.locator("output")).to_have_text("24 005 kr")
    saved(grid)
    expect(grid.locator("tr.finding:not([hidden])")).to_contain_text("4 801 kr per dag är mer än")
    expect(grid.locator("#budget-money")).to_contain_text("435 995 kr kvar")
    row.get_by_label("Pris per styck").fill("4 000")
    expect(grid.locator("tr.finding:not([hidden])")).to_have_count(0)
    saved(grid)
    assert ready.budget.lines.get(unit_price_sek=4000).amount_sek == 20_000


def test_a_wrong_cell_is_marked_and_the_rest_goes_on(grid, ready):
    first = rows(grid).first
    write(first, Pris_per_styck="ca 5000")
    expect(first.locator(".cell-error:visible")).to_contain_text("”ca 5000” är inte ett belopp")
    expect(grid.locator("#save-state")).to_contain_text("Allt är inte sparat")
    write(first, Pris_per_styck="5000")
    saved(grid)
    expect(first.locator(".cell-error:visible")).to_have_count(0)
    assert ready.budget.lines.first().unit_price_sek == 5000


def test_a_line_is_copied_moved_deleted_and_put_back(grid, ready):
    menu(grid, rows(grid).first, "Kopiera")
    expect(rows(grid)).to_have_count(3)
    saved(grid)
    write(rows(grid).nth(1), Vad_pengarna_ska_gå_till="Kopian")
    saved(grid)
    menu(grid, rows(grid).nth(1), "Flytta upp")
    saved(grid)
    menu(grid, rows(grid).nth(2), "Ta bort")
    expect(rows(grid)).to_have_count(2)
    saved(grid)
    assert _names(ready) == ["Kopian", "Utbytesresa 1"]
    grid.get_by_role("button", name="Ångra").click()
    expect(rows(grid)).to_have_count(3)
    saved(grid)
    expect(grid.locator("#save-state.saved")).to_be_visible()
    grid.reload()
    expect(rows(grid)).to_have_count(3)
    assert set(_names(ready)) == {"Kopian", "Utbytesresa 1", "Utbytesresa 2"}


def _names(application) -> list[str]:
    return list(application.budget.lines.values_list("description", flat=True))


def test_the_keyboard_alone_is_enough(grid, ready):
    cell = rows(grid).first.get_by_label("Antal")
    cell.focus()
    grid.keyboard.press("Enter")
    expect(rows(grid).nth(1).get_by_label("Antal")).to_be_focused()
    grid.keyboard.press("Enter")
    expect(rows(grid)).to_have_count(3)
    expect(rows(grid).nth(2).get_by_label("Kostnadsslag")).to_be_focused()
    grid.keyboard.type("Logi")
    grid.keyboard.press("Tab")
    rows(grid).first.get_by_label("Antal").focus()
    grid.keyboard.press("Alt+ArrowDown")
    saved(grid)
    assert _names(ready)[:2] == ["Utbytesresa 2", "Utbytesresa 1"]


def test_what_could_not_be_sent_is_kept_and_sent_later(grid, context, ready):
    context.set_offline(True)
    write(rows(grid).first, Antal="7")
    expect(grid.locator("#save-state")).to_contain_text("Ingen kontakt med servern")
    context.set_offline(False)
    saved(grid)
    assert ready.budget.lines.first().quantity == 7


def test_a_page_that_was_closed_brings_back_what_was_not_saved(grid, context, ready, live_server):
    context.route("**/budget/spara/", lambda route: route.abort())
    write(rows(grid).first, Vad_pengarna_ska_gå_till="Skrivet i ett tåg")
    expect(grid.locator("#save-state")).to_contain_text("Ingen kontakt")
    grid.on("dialog", lambda dialog: dialog.accept())
    context.unroute("**/budget/spara/")
    context.route("**/budget/spara/", lambda route: route.abort())
    address = grid.url
    grid.goto("about:blank")
    context.unroute("**/budget/spara/")
    grid.goto(address)
    expect(rows(grid).first.get_by_label("Vad pengarna ska gå till")).to_have_value(
        "Skrivet i ett tåg"
    )
    saved(grid)
    assert "Skrivet i ett tåg" in _names(ready)


def test_a_log_in_that_ran_out_loses_nothing_and_is_mended_in_place(grid, context, malmo, ready):
    context.clear_cookies()
    write(rows(grid).first, Antal="9")
    dialog = grid.frame_locator("#log-in-again iframe")
    dialog.locator("#id_login").fill(malmo.email)
    dialog.locator("#id_password").fill("prova-portalen")
    dialog.locator("#login [type=submit]").click()
    saved(grid)
    assert ready.budget.lines.first().quantity == 9


def test_somebody_elses_change_is_shown_beside_ones_own(grid, malmo2, ready):
    line = ready.budget.lines.first()
    change = actions.LineChange(line.key, _values(line) | {"quantity": Decimal(4)})
    actions.save_lines(ready, [change], by=malmo2, at=MID_ROUND)
    write(rows(grid).first, Antal="5")
    expect(grid.get_by_text("deras: 4, ditt: 5")).to_be_visible()
    assert ready.budget.lines.first().quantity == 4
    grid.get_by_role("button", name="Spara mitt").click()
    saved(grid)
    assert ready.budget.lines.first().quantity == 5


def _values(line: BudgetLine) -> dict:
    names = ("project_year", "party_id", "activity", "description", "persons", "quantity", "unit")
    values = {name: getattr(line, name) for name in names}
    return values | {"cost_type": line.cost_type, "currency": "SEK", "price": line.unit_price_sek}


def test_a_deletion_undone_before_its_answer_came_leaves_the_line(grid, context, ready):
    answers = Held(context, LIVE, done=True)
    with grid.expect_request(LIVE):
        menu(grid, rows(grid).first, "Ta bort")
    grid.get_by_role("button", name="Ångra").click()
    expect(rows(grid)).to_have_count(2)
    answers.release()
    saved(grid)
    assert sorted(_names(ready)) == ["Utbytesresa 1", "Utbytesresa 2"]


def test_a_new_line_deleted_before_its_first_answer_came_is_gone(grid, context, ready):
    answers = Held(context, LIVE, done=True)
    grid.get_by_role("button", name="Lägg till en rad för år 1").click()
    with grid.expect_request(LIVE):
        write(rows(grid).nth(2), Kostnadsslag="Logi", Antal="3")
    menu(grid, rows(grid).nth(2), "Ta bort")
    expect(rows(grid)).to_have_count(2)
    answers.release()
    saved(grid)
    assert _names(ready) == ["Utbytesresa 1", "Utbytesresa 2"]


def test_a_lost_answer_is_no_conflict_with_oneself(grid, context, ready):
    def lose(route):
        route.fetch()
        route.abort()

    context.route("**/budget/spara/", lose)
    write(rows(grid).first, Antal="7")
    expect(grid.locator("#save-state")).to_contain_text("Ingen kontakt")
    write(rows(grid).first, Antal="8")
    context.unroute("**/budget/spara/")
    saved(grid)
    assert grid.get_by_text("Raden har ändrats under tiden").count() == 0
    assert ready.budget.lines.first().quantity == 8


def test_a_reason_written_by_a_colleague_is_shown_before_ones_own_is_saved(grid, ready, malmo2):
    menu(grid, rows(grid).first, "Ta bort")
    saved(grid)
    actions.save_reasons(ready, {"visits_reason": "Deras ord."}, by=malmo2, at=MID_ROUND)
    grid.get_by_label("Varför är utbytesbesöken färre?").fill("Mina ord.")
    expect(grid.locator("#reason-clash")).to_contain_text("Deras ord.")
    grid.reload()
    expect(grid.locator("#reason-clash")).to_contain_text("Deras ord.")
    assert fresh(ready).visits_reason == "Deras ord."
    grid.get_by_role("button", name="Spara mitt").click()
    saved(grid)
    assert fresh(ready).visits_reason == "Mina ord."


def test_newer_rates_are_taken_by_a_button(grid, ready, malmo):
    rate = {"currency": "KES", "source": "Riksbanken"}
    ExchangeRate.objects.create(rate=Decimal("0.08"), valid_on=date(2027, 2, 1), **rate)
    add_line(ready, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    ExchangeRate.objects.create(rate=Decimal("0.09"), valid_on=date(2027, 2, 2), **rate)
    grid.reload()
    grid.get_by_role("button", name="Räkna om med de senaste kurserna").click()
    expect(rows(grid).nth(2).locator("output")).to_have_text("90 kr")


def test_what_is_typed_before_the_script_has_come_is_saved(grid, context, ready):
    script = Held(context, "**/budget.js", done=False)
    grid.goto(grid.url, wait_until="commit")
    write(rows(grid).first, Antal="11")
    script.release()
    saved(grid)
    assert ready.budget.lines.first().quantity == 11


def test_a_link_waits_for_what_has_just_been_typed(grid, ready):
    write(rows(grid).first, Antal="6")
    grid.get_by_role("link", name="Unga i klimatomställningen").click()
    grid.wait_for_url("**/ansokningar/*/")
    assert ready.budget.lines.first().quantity == 6


def change_elsewhere(application, by, **values) -> None:
    """A colleague changes the first line."""
    line = application.budget.lines.first()
    change = actions.LineChange(line.key, _values(line) | values)
    actions.save_lines(application, [change], by=by, at=MID_ROUND)


def test_two_who_change_different_cells_of_a_row_both_get_theirs(grid, malmo2, ready):
    change_elsewhere(ready, malmo2, quantity=Decimal(4))
    write(rows(grid).first, Aktivitet="Studiebesök")
    saved(grid)
    expect(rows(grid).first.get_by_label("Antal")).to_have_value("4")
    line = ready.budget.lines.first()
    assert (line.quantity, line.activity) == (4, "Studiebesök")


def test_a_conflict_comes_back_when_the_page_is_loaded_again(grid, malmo2, ready):
    change_elsewhere(ready, malmo2, quantity=Decimal(4))
    write(rows(grid).first, Antal="5")
    expect(grid.get_by_text("deras: 4, ditt: 5")).to_be_visible()
    write(rows(grid).nth(1), Antal="3")
    expect(grid.locator("#save-state")).to_contain_text("Allt är inte sparat")
    grid.on("dialog", lambda dialog: dialog.accept())
    grid.reload()
    expect(grid.get_by_text("deras: 4, ditt: 5")).to_be_visible()
    assert [line.quantity for line in ready.budget.lines.all()] == [4, 3]


def test_what_was_typed_just_before_a_reload_is_there_after_it(grid, ready):
    grid.on("dialog", lambda dialog: dialog.accept())
    write(rows(grid).first, Vad_pengarna_ska_gå_till="I sista stund")
    grid.reload()
    expect(rows(grid).first.get_by_label("Vad pengarna ska gå till")).to_have_value("I sista stund")
    expect(grid.locator("tr.finding:not([hidden])")).to_have_count(0)


def test_several_deleted_lines_are_put_back_one_after_the_other(grid, ready):
    for _each in range(2):
        menu(grid, rows(grid).first, "Ta bort")
    expect(rows(grid)).to_have_count(0)
    for _each in range(2):
        grid.get_by_role("button", name="Ångra").click()
    expect(rows(grid)).to_have_count(2)
    saved(grid)
    expect(grid.locator("#undo")).to_be_hidden()
    assert sorted(_names(ready)) == ["Utbytesresa 1", "Utbytesresa 2"]


def paste(page, cell, text: str) -> None:
    cell.focus()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )


def test_a_pasted_block_fills_the_cells_from_where_one_stands(grid, ready):
    paste(grid, rows(grid).first.get_by_label("Antal"), "2\tresor\t9 500\n3\tresor\t1.200\n")
    saved(grid)
    lines = list(ready.budget.lines.values_list("quantity", "unit", "unit_price_sek"))
    assert lines == [(2, "resor", 9500), (3, "resor", 1200)]


def test_rows_pasted_from_a_spreadsheet_are_shown_before_anything_is_saved(grid, ready):
    text = "År\tKostnadsslag\tVad\tAntal\tPris\n1\tLogi\tHotell\t3\t1 200\n1\tKost\tLunch\t9\t150"
    paste(grid, rows(grid).first.get_by_label("Antal"), text)
    expect(grid.get_by_text("Hotell").first).to_be_visible()
    expect(grid.get_by_text("Lunch").first).to_be_visible()
    assert ready.budget.lines.count() == 2


def test_a_line_moved_to_another_year_follows(grid, ready, malmo):
    add_line(ready, "LOGI", 1, 900, year=2, by=malmo, at=MID_ROUND)
    grid.reload()
    row = rows(grid).last
    row.locator("summary").click()
    row.get_by_label("År", exact=True).select_option("1")
    saved(grid)
    expect(grid.locator("section[data-year='1'] tr[data-key]")).to_have_count(3)
    assert set(ready.budget.lines.values_list("project_year", flat=True)) == {1}
