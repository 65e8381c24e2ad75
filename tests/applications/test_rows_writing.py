"""Tables in a real browser: what is typed in a row is saved, or said not to be and kept."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications.models import Indicator, Objective, Risk, Visit
from tests.applications.tables import KEY, save
from tests.moments import MID_ROUND
from tests.settling import settle
from tests.table_builders import row_values

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("full_form")]

SAVED = re.compile(r"✓ Sparat kl\.\s09\.1\d")


def address(live_server, application, section="plan") -> str:
    path = reverse("application_content", args=[application.public_id, section])
    return live_server.url + path


@pytest.fixture
def open_as(browser, live_server, client_for):
    """`open_as(user, application)` is that person's browser on a page of tables."""
    opened, faults = [], []

    def open_page(user, application, section="plan"):
        context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
        cookie = client_for(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address(live_server, application, section))
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        settle(page)
        page.context.close()
    assert faults == []


def card(page, key=KEY):
    return page.locator(f'.row-card[data-key="{key}"]')


def cell(page, name, key=KEY):
    return page.locator(f'[id="id_{key}-{name}"]')


def state(page, key=KEY):
    return card(page, key).locator(".save-state")


def new_key(page, kind: str) -> str:
    page.locator(f"#rows-{kind} [data-add]").click()
    return page.locator(f"#rows-{kind} .row-card").last.get_attribute("data-key")


def kept_in_browser(page) -> int:
    return page.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('kept|')).length"
    )


def write(page, name, text, key=KEY) -> None:
    if card(page, key).locator("details").get_attribute("open") is None:
        card(page, key).locator("summary").click()
    cell(page, name, key).fill(text)
    cell(page, name, key).blur()


def risk(**given) -> dict:
    return row_values("risks", **given)


def test_a_row_is_added_saved_and_there_after_a_reload(open_as, malmo, draft):
    page = open_as(malmo, draft)
    key = new_key(page, "risks")
    expect(cell(page, "description", key)).to_be_focused()
    write(page, "description", "Val", key)
    expect(state(page, key)).to_have_text(SAVED)
    cell(page, "probability", key).select_option("5")
    cell(page, "consequence", key).select_option("4")
    expect(page.locator("#rows-risks .risk-matrix td.stop", has_text="1")).to_have_count(1)
    expect(card(page, key).locator("[data-bits]")).to_contain_text("20")
    page.reload()
    expect(cell(page, "description", key)).to_have_value("Val")
    assert kept_in_browser(page) == 0
    row = Risk.objects.get()
    assert (str(row.key), row.probability, row.consequence) == (key, 5, 4)


def test_a_double_click_on_add_makes_one_card_and_no_row(open_as, malmo, draft):
    page = open_as(malmo, draft)
    page.locator("#rows-risks [data-add]").dblclick()
    expect(page.locator("#rows-risks .row-card")).to_have_count(1)
    page.reload()
    expect(page.locator("#rows-risks .row-card")).to_have_count(0)
    assert not Risk.objects.exists()


def test_without_network_it_says_so_and_saves_when_it_is_back(open_as, malmo, draft):
    page = open_as(malmo, draft)
    page.context.set_offline(True)
    key = new_key(page, "risks")
    write(page, "description", "Skrivet på tåget", key)
    expect(state(page, key)).to_have_class(re.compile("failed"))
    page.context.set_offline(False)
    expect(state(page, key)).to_have_text(SAVED)
    assert Risk.objects.get().description == "Skrivet på tåget"


def test_a_new_row_that_could_not_be_saved_is_there_after_the_page_was_lost(
    open_as, malmo, draft, live_server
):
    page = open_as(malmo, draft)
    page.route("**/rad/**", lambda route: route.abort())
    key = new_key(page, "risks")
    write(page, "description", "Val", key)
    expect(state(page, key)).to_have_class(re.compile("failed"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.unroute("**/rad/**")
    page.goto(address(live_server, draft))
    expect(cell(page, "description", key)).to_have_value("Val")
    expect(state(page, key)).to_have_class(re.compile("saved"))
    assert Risk.objects.get().description == "Val"


def test_two_people_in_different_cells_of_a_row_keep_both(open_as, malmo, lusaka, draft):
    save(draft, malmo, description="Val")
    anna, grace = open_as(malmo, draft), open_as(lusaka, draft)
    write(anna, "description", "Val i Zambia")
    expect(state(anna)).to_have_text(SAVED)
    write(grace, "measure", "Talk to both sides")
    expect(cell(grace, "description")).to_have_value("Val i Zambia")
    expect(state(grace)).to_have_class(re.compile("saved"))
    row = Risk.objects.get()
    assert (row.description, row.measure) == ("Val i Zambia", "Talk to both sides")
    expect(grace.locator("[data-clash] .note")).to_have_count(0)


@pytest.mark.parametrize(("choice", "stands"), [("mine", "Grace's"), ("theirs", "Annas")])
def test_two_people_in_the_same_cell_choose(choice, stands, open_as, malmo, lusaka, draft):
    save(draft, malmo, description="Val")
    anna, grace = open_as(malmo, draft), open_as(lusaka, draft)
    write(anna, "description", "Annas")
    expect(state(anna)).to_have_text(SAVED)
    write(grace, "description", "Grace's")
    expect(card(grace).locator("[data-clash]")).to_contain_text("Annas")
    assert Risk.objects.get().description == "Annas"
    card(grace).locator(f"[data-choose={choice}]").click()
    expect(card(grace).locator("[data-clash] .note")).to_have_count(0)
    expect(state(grace)).to_have_class(re.compile("saved"))
    expect(cell(grace, "description")).to_have_value(stands)
    assert Risk.objects.get().description == stands


def test_a_conflict_comes_back_after_a_reload_and_overwrites_nothing(open_as, malmo, lusaka, draft):
    save(draft, malmo, description="Val")
    anna, grace = open_as(malmo, draft), open_as(lusaka, draft)
    write(anna, "description", "Annas")
    expect(state(anna)).to_have_text(SAVED)
    write(grace, "description", "Grace's")
    expect(card(grace).locator("[data-clash]")).to_contain_text("Annas")
    grace.on("dialog", lambda dialog: dialog.accept())
    grace.reload()
    expect(card(grace).locator("[data-clash]")).to_contain_text("Annas")
    expect(cell(grace, "description")).to_have_value("Grace's")
    assert Risk.objects.get().description == "Annas"


def test_a_row_is_deleted_and_put_back(open_as, malmo, draft):
    save(draft, malmo, description="Val", probability=3)
    page = open_as(malmo, draft)
    card(page).locator("summary").click()
    card(page).locator("[data-delete]").click()
    expect(card(page)).to_be_hidden()
    undo = page.locator("#rows-risks [data-undo]")
    expect(undo).to_contain_text("Val")
    expect(page.locator("#rows-risks [data-news]")).to_have_text(re.compile("Sparat"))
    assert not Risk.objects.exists()
    undo.locator("button").click()
    expect(card(page)).to_be_visible()
    expect(state(page)).to_have_text(SAVED)
    row = Risk.objects.get()
    assert (row.description, row.probability, row.version) == ("Val", 3, 2)


def test_a_deletion_without_network_is_carried_out_when_it_is_back(open_as, malmo, draft):
    save(draft, malmo, description="Val")
    page = open_as(malmo, draft)
    card(page).locator("summary").click()
    page.context.set_offline(True)
    card(page).locator("[data-delete]").click()
    expect(card(page)).to_be_hidden()
    assert Risk.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#rows-risks [data-news]")).to_have_text(re.compile("Sparat"))
    assert not Risk.objects.exists()


def test_what_somebody_has_changed_comes_back_when_it_is_deleted(open_as, malmo, lusaka, draft):
    save(draft, malmo, description="Val")
    anna, grace = open_as(malmo, draft), open_as(lusaka, draft)
    write(grace, "description", "Grace's")
    expect(state(grace)).to_have_class(re.compile("saved"))
    card(anna).locator("summary").click()
    card(anna).locator("[data-delete]").click()
    expect(cell(anna, "description")).to_have_value("Grace's")
    expect(card(anna).locator("[data-clash] .note")).to_be_visible()
    assert Risk.objects.get().description == "Grace's"


def test_rows_are_moved_by_the_keyboard(open_as, malmo, draft):
    for number in (1, 2, 3):
        save(
            draft,
            malmo,
            key=f"00000000-0000-4000-8000-00000000000{number}",
            description=str(number),
        )
    page = open_as(malmo, draft)
    last = card(page, "00000000-0000-4000-8000-000000000003")
    last.locator("summary").press("Enter")
    with page.expect_response("**/rad/**"):
        last.locator("[data-step='-1']").press("Enter")
    expect(last.locator("[data-step='-1']")).to_be_focused()
    expect(last.locator("[data-number]").first).to_have_text("2")
    assert [row.description for row in Risk.objects.all()] == ["1", "3", "2"]


def test_a_wrong_value_is_said_at_its_cell_until_it_is_right(open_as, malmo, draft):
    save(draft, malmo, kind="visits", purpose="Möte")
    page = open_as(malmo, draft)
    write(page, "persons", "fyra")
    expect(page.locator(f'[id="id_{KEY}-persons_error"]')).to_be_visible()
    expect(cell(page, "persons")).to_have_attribute("aria-invalid", "true")
    assert Visit.objects.get().persons is None
    write(page, "persons", "4")
    expect(page.locator(f'[id="id_{KEY}-persons_error"]')).to_be_hidden()
    expect(state(page)).to_have_text(SAVED)
    assert Visit.objects.get().persons == 4


def test_indicators_choose_an_objective_that_was_just_written(open_as, malmo, draft):
    page = open_as(malmo, draft, "objectives")
    objective = new_key(page, "objectives")
    write(page, "text", "Ett råd i varje stad", objective)
    expect(state(page, objective)).to_have_text(SAVED)
    indicator = new_key(page, "indicators")
    cell(page, "objective", indicator).select_option(label="1. Ett råd i varje stad")
    write(page, "indicator", "Antal råd", indicator)
    expect(state(page, indicator)).to_have_text(SAVED)
    assert Indicator.objects.get().objective == Objective.objects.get()


def test_a_lost_log_in_keeps_the_row(open_as, malmo, draft):
    save(draft, malmo, description="Val")
    page = open_as(malmo, draft)
    page.context.clear_cookies()
    write(page, "description", "Efter utloggning")
    expect(state(page)).to_have_class(re.compile("failed"))
    assert kept_in_browser(page) == 1
    assert Risk.objects.get().description == "Val"


def test_a_link_from_the_list_of_what_is_missing_opens_the_row(open_as, malmo, draft, live_server):
    save(draft, malmo, description="Val")
    page = open_as(malmo, draft)
    page.goto(address(live_server, draft) + f"#id_{KEY}-probability")
    expect(cell(page, "probability")).to_be_focused()
    assert str(MID_ROUND.year) == "2027"


def test_save_and_continue_saves_the_rows_first(open_as, malmo, draft, live_server):
    save(draft, malmo, description="Val")
    page = open_as(malmo, draft)
    card(page).locator("summary").click()
    cell(page, "description").fill("Val i Zambia")
    page.locator("button[name=onward]").click()
    page.wait_for_url(re.compile("/del/perspectives/"))
    assert Risk.objects.get().description == "Val i Zambia"
