"""Writing in a real browser: what was typed is saved, or said not to be and kept."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import actions
from applications.models import Answer
from tests.addresses import page_of
from tests.holding import Held
from tests.moments import MID_ROUND
from tests.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)

BOX = "#id_objective-sv"
FILL_STORAGE = """() => {
    for (let length = 2 ** 22; length >= 1; length /= 2)
        try {
            for (let n = 0; ; n += 1)
                localStorage.setItem(`fill-${length}-${n}`, "x".repeat(length));
        }
        catch { /* no room for one that long */ }
}"""
SAVED = re.compile(r"✓ Sparat kl\.\s09\.1\d")


@pytest.fixture
def writing(live_server, page, context, draft, malmo, client_for):
    """Anna on the page of the answers."""
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + page_of("application_content", draft.public_id))
    yield page
    settle(page)


def state(page):
    return page.locator(".answer", has=page.locator(BOX)).locator(".save-state")


def kept_in_browser(page) -> int:
    return page.evaluate("localStorage.length")


def text_of(application) -> str:
    return Answer.objects.get(application=application, question_key="objective").text


def log_in_again(page, email: str) -> None:
    """In the dialog, without leaving the page."""
    fill_in_log_in(page.frame_locator("#log-in-again iframe"), email)


def fill_in_log_in(page, email: str) -> None:
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill("prova-portalen")
    page.locator("#login [type=submit]").click()


def type_and_leave_the_box(page, text: str) -> None:
    page.locator(BOX).fill(text)
    page.locator(BOX).blur()


def test_a_pause_saves_and_a_reload_finds_it(writing, draft):
    writing.locator(BOX).press_sequentially("Ett mål", delay=20)
    expect(state(writing)).to_have_text("Inte sparat än")
    expect(state(writing)).to_have_text(SAVED)
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


def test_an_expired_log_in_keeps_the_text_and_saves_after_logging_in_again_in_place(
    writing, draft, context
):
    context.clear_cookies(name="sessionid")
    type_and_leave_the_box(writing, "Skrivet för länge")
    expect(state(writing)).to_contain_text("du har loggats ut")
    log_in_again(writing, "malmo@example.org")
    expect(state(writing)).to_have_text(SAVED)
    expect(writing.locator("#log-in-again")).to_be_hidden()
    assert text_of(draft) == "Skrivet för länge"


def test_a_browser_that_has_lost_all_its_cookies_logs_in_again_too(writing, draft, context):
    context.clear_cookies()
    type_and_leave_the_box(writing, "Utan kakor")
    log_in_again(writing, "malmo@example.org")
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Utan kakor"


def test_the_dialog_can_wait_and_is_opened_again_beside_the_text(writing, draft, context):
    context.clear_cookies(name="sessionid")
    type_and_leave_the_box(writing, "Skrivet för länge")
    writing.locator("#log-in-again form button").click()
    writing.locator(BOX).press_sequentially(", och mer")
    writing.locator(BOX).blur()
    expect(writing.locator("#log-in-again")).to_be_hidden()
    state(writing).get_by_role("button").click()
    log_in_again(writing, "malmo@example.org")
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Skrivet för länge, och mer"


def test_another_person_in_the_dialog_sees_and_sends_nothing_of_the_firsts(
    writing, draft, context, malmo2
):
    context.clear_cookies(name="sessionid")
    type_and_leave_the_box(writing, "Annas hemlighet")
    log_in_again(writing, "malmo2@example.org")
    writing.wait_for_url("**/oversikt/")
    writing.goto(writing.url.replace("/oversikt/", page_of("application_content", draft.public_id)))
    expect(writing.locator(BOX)).to_have_value("")
    assert not Answer.objects.exists()
    context.clear_cookies(name="sessionid")
    writing.goto(writing.url)
    fill_in_log_in(writing, "malmo@example.org")
    expect(writing.locator(BOX)).to_have_value("Annas hemlighet")
    expect(state(writing)).to_have_text(SAVED)
    assert Answer.objects.get().by.email == "malmo@example.org"


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


def test_a_megabyte_is_refused_in_words_and_stays_in_the_browser(writing, draft):
    writing.locator(BOX).fill("å" * 1_000_000)
    writing.locator(BOX).blur()
    expect(state(writing)).to_contain_text(re.compile(r"1\s000\s000"))
    assert not Answer.objects.exists()
    writing.once("dialog", lambda dialog: dialog.accept())
    writing.reload()
    expect(writing.locator(BOX)).to_have_value("å" * 1_000_000)
    type_and_leave_the_box(writing, "Lagom")
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Lagom"
    assert kept_in_browser(writing) == 0


def test_a_full_storage_is_said_and_the_text_is_saved_all_the_same(writing, draft, context):
    writing.evaluate(FILL_STORAGE)
    context.set_offline(True)
    type_and_leave_the_box(writing, "Får inte plats i webbläsaren")
    expect(state(writing)).to_have_text(writing.locator("#writing").get_attribute("data-full"))
    context.set_offline(False)
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Får inte plats i webbläsaren"
    writing.evaluate("localStorage.clear()")


def test_another_tab_of_ones_own_shows_what_was_saved(writing, draft, context):
    other = context.new_page()
    other.goto(writing.url)
    type_and_leave_the_box(writing, "I ena fliken")
    expect(state(writing)).to_have_text(SAVED)
    expect(other.locator(BOX)).to_have_value("I ena fliken")
    type_and_leave_the_box(other, "I ena fliken och den andra")
    expect(state(other)).to_have_text(SAVED)
    assert text_of(draft) == "I ena fliken och den andra"
    settle(other)


def test_what_is_taken_back_is_neither_unsaved_nor_kept(writing, draft):
    type_and_leave_the_box(writing, "Sparat")
    expect(state(writing)).to_have_text(SAVED)
    writing.locator(BOX).press_sequentially("x")
    expect(state(writing)).to_contain_text("Inte sparat")
    writing.locator(BOX).press("Backspace")
    expect(state(writing)).to_have_text(SAVED)
    assert kept_in_browser(writing) == 0


def test_a_tab_that_only_heard_of_a_text_keeps_nothing(writing, draft, context):
    other = context.new_page()
    other.goto(writing.url)
    type_and_leave_the_box(writing, "Först")
    expect(other.locator(BOX)).to_have_value("Först")
    expect(state(other)).not_to_contain_text("Inte sparat")
    assert kept_in_browser(other) == 0
    other.close()
    type_and_leave_the_box(writing, "Sedan")
    expect(state(writing)).to_have_text(SAVED)
    expect(writing.locator(BOX)).to_have_value("Sedan")
    assert text_of(draft) == "Sedan"


def test_a_text_taken_back_while_its_answer_was_lost_is_taken_back(writing, draft, context):
    type_and_leave_the_box(writing, "Det gamla")
    expect(state(writing)).to_have_text(SAVED)

    def lose(route):
        route.fetch()
        route.abort()

    context.route("**/svar/**", lose)
    type_and_leave_the_box(writing, "Det nya")
    expect(state(writing)).to_contain_text("Inte sparat")
    writing.locator(BOX).fill("Det gamla")
    context.unroute("**/svar/**")
    expect(state(writing)).to_have_text(SAVED)
    assert text_of(draft) == "Det gamla"


def test_what_an_earlier_page_kept_is_not_lost_to_quick_fingers(writing, draft, context):
    context.route("**/svar/**", lambda route: route.abort())
    type_and_leave_the_box(writing, "Kvar sedan förut")
    expect(state(writing)).to_contain_text("Inte sparat")
    writing.once("dialog", lambda dialog: dialog.accept())
    script = Held(context, "**/autosave.js", done=False)
    writing.goto(writing.url, wait_until="commit")
    writing.locator(BOX).fill("Snabba fingrar")
    context.unroute("**/svar/**")
    script.release()
    texts = writing.locator(".conflict .two-texts .prose")
    expect(texts).to_have_count(2)
    # A page that is left saves once more, and may be quicker.
    assert set(texts.all_text_contents()) == {"Kvar sedan förut", "Snabba fingrar"}


def test_a_copied_answer_is_confirmed_with_one_button(writing, draft, pair, malmo):
    answer = Answer.objects.create(
        application=draft,
        question_key="objective",
        language="sv",
        text="Kopierad",
        by=malmo,
        at=MID_ROUND,
        copied_from=pair[1],
    )
    writing.reload()
    writing.locator("[data-choose=confirm]").click()
    expect(state(writing)).to_have_text(SAVED)
    expect(writing.locator("[data-copied]")).to_have_count(0)
    answer.refresh_from_db()
    assert (answer.copied_from, answer.text) == (None, "Kopierad")


def test_on_a_phone_one_language_is_shown_at_a_time_and_both_are_saved(writing, draft):
    writing.set_viewport_size({"width": 375, "height": 800})
    english = writing.locator("#id_objective-en")
    expect(english).to_be_hidden()
    type_and_leave_the_box(writing, "Ett mål")
    question = writing.locator("#id_objective")
    question.locator(".language-choice button").last.click()
    expect(writing.locator(BOX)).to_be_hidden()
    english.fill("An aim")
    english.blur()
    expect(question.locator(".answer[data-language=en] .save-state")).to_have_text(SAVED)
    texts = Answer.objects.order_by("language").values_list("text", flat=True)
    assert list(texts) == ["An aim", "Ett mål"]
