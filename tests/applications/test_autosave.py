"""Writing in a real browser: what was typed is saved, or said not to be and kept."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import actions
from applications.models import Answer
from tests.holding import Held
from tests.moments import MID_ROUND
from tests.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)

BOX = "#id_objective-sv"
SAVED = re.compile(r"✓ Sparat kl\.\s09\.1\d")


@pytest.fixture
def writing(live_server, page, context, draft, malmo, client_for):
    """Anna on the page of the answers."""
    page.set_default_timeout(8000)
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("application_content", args=[draft.public_id]))
    yield page
    settle(page)


def state(page):
    return page.locator(".answer", has=page.locator(BOX)).locator(".save-state")


def kept_in_browser(page) -> int:
    return page.evaluate("localStorage.length")


def text_of(application) -> str:
    return Answer.objects.get(application=application, question_key="objective").text


def type_and_leave_the_box(page, text: str) -> None:
    page.locator(BOX).fill(text)
    page.locator(BOX).blur()


def test_a_pause_saves_and_a_reload_finds_it(writing, draft):
    writing.locator(BOX).press_sequentially("Ett mål", delay=20)
    expect(state(writing)).to_have_text("Inte sparat än")
    expect(state(writing)).to_have_text(SAVED, timeout=2000)
    writing.reload()
    expect(writing.locator(BOX)).to_have_value("Ett mål")
    assert kept_in_browser(writing) == 0


def test_what_is_typed_before_the_script_has_come_is_saved(writing, draft, context):
    script = Held(context, "**/autosave.js", done=False)
    writing.goto(writing.url, wait_until="commit")
    writing.locator(BOX).fill("På en dålig lina")
    script.release()
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "På en dålig lina"


def test_leaving_the_page_saves_and_the_back_button_finds_it(writing, draft, live_server):
    writing.locator(BOX).fill("Sista raden")
    writing.goto(live_server.url + reverse("contact"))
    writing.go_back()
    expect(writing.locator(BOX)).to_have_value("Sista raden")
    expect(state(writing)).to_have_class(re.compile("saved"))
    expect(writing.locator(".conflict")).to_have_count(0)
    assert text_of(draft) == "Sista raden"


def test_without_network_it_says_so_tries_again_and_saves(writing, draft, context):
    context.set_offline(True)
    type_and_leave_the_box(writing, "Skrivet på tåget")
    expect(state(writing)).to_contain_text("Inte sparat – försöker igen")
    assert not Answer.objects.exists()
    context.set_offline(False)
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Skrivet på tåget"


def test_what_could_not_be_saved_is_there_after_a_reload(writing, draft, context):
    context.route("**/svar/**", lambda route: route.abort())
    type_and_leave_the_box(writing, "Kvar i webbläsaren")
    expect(state(writing)).to_contain_text("Inte sparat")
    writing.once("dialog", lambda dialog: dialog.accept())
    writing.reload()
    expect(writing.locator(BOX)).to_have_value("Kvar i webbläsaren")
    context.unroute("**/svar/**")
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Kvar i webbläsaren"


def test_a_lost_answer_from_the_server_is_no_conflict_with_oneself(writing, draft, context):
    def save_and_lose(route):
        route.fetch()
        route.abort()

    context.route("**/svar/**", save_and_lose)
    type_and_leave_the_box(writing, "Ett")
    expect(state(writing)).to_contain_text("Inte sparat")
    context.unroute("**/svar/**")
    type_and_leave_the_box(writing, "Ett och två")
    expect(state(writing)).to_have_text(SAVED)
    expect(writing.locator(".conflict")).to_have_count(0)
    assert text_of(draft) == "Ett och två"


def test_a_colleagues_text_is_shown_beside_ones_own_and_one_chooses(writing, draft, malmo2):
    answer = {"question_key": "objective", "language": "sv", "by": malmo2, "at": MID_ROUND}
    actions.save_answer(draft, text="Bos text", version=0, **answer)
    type_and_leave_the_box(writing, "Annas text")
    conflict = writing.locator(".conflict")
    expect(conflict).to_contain_text("Bo Dal sparade en annan text")
    writing.locator(BOX).press_sequentially(", längre")
    assert text_of(draft) == "Bos text"
    conflict.get_by_role("button", name="Använd min text").click()
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Annas text, längre"
    actions.save_answer(draft, text="Bo igen", version=2, **answer)
    type_and_leave_the_box(writing, "Anna igen")
    conflict.get_by_role("button", name="Använd den här texten").click()
    expect(state(writing)).to_have_text(SAVED)
    expect(writing.locator(BOX)).to_have_value("Bo igen")
    assert text_of(draft) == "Bo igen"
    assert kept_in_browser(writing) == 0


def test_an_expired_log_in_keeps_the_text_and_saves_after_logging_in_again(writing, draft, context):
    context.clear_cookies(name="sessionid")
    type_and_leave_the_box(writing, "Skrivet för länge")
    expect(state(writing)).to_contain_text("du har loggats ut")
    with context.expect_page() as opened:
        state(writing).get_by_role("link", name="Logga in igen").click()
    tab = opened.value
    tab.get_by_label("E-post").fill("malmo@example.org")
    tab.locator("input[type=password]").fill("prova-portalen")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/innehall/")
    tab.close()
    writing.bring_to_front()
    writing.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Skrivet för länge"


def test_save_and_continue_waits_for_the_server(writing, draft):
    writing.locator(BOX).fill("Klart")
    writing.get_by_role("button", name="Spara och fortsätt").click()
    writing.wait_for_url("**/omraden/")
    assert text_of(draft) == "Klart"


def test_the_count_warns_over_the_limit_and_cuts_nothing(writing):
    box = writing.locator("#id_summary-sv")
    box.fill("ord " * 203)
    expect(writing.locator("#count-summary-sv")).to_have_text("203 av 200 ord: 3 för många")
    assert len(box.input_value().split()) == 203
