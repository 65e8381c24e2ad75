"""A comment being written is never lost: it is kept in the browser until the server has it."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from applications.models import Comment
from tests.addresses import page_of
from tests.applications.pages import address
from tests.journeys import steps
from tests.journeys.looking import Look, faults_of

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "objective"
WORDS = "Räcker ett mål, @Grace?"
OPEN = "Kommentarer (1 öppen)"


@pytest.fixture
def url(draft) -> str:
    return page_of("application_content", draft.public_id)


@pytest.fixture
def anna(signed_in, malmo, lusaka, url) -> Page:
    page = signed_in(malmo)
    page.goto(url)
    return page


def link(page: Page) -> Locator:
    return page.locator(f"[data-thread={KEY}]")


def thread(page: Page) -> Locator:
    return page.locator(f"[data-comments-of={KEY}]")


def box(page: Page) -> Locator:
    return thread(page).locator(".new-comment textarea")


def begin(page: Page, words: str = WORDS) -> None:
    link(page).click()
    box(page).fill(words)


def send(page: Page) -> None:
    thread(page).locator(".new-comment button").click()


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((name) => name.includes('comment:'))")


def is_back(page: Page, words: str = WORDS) -> None:
    expect(box(page)).to_be_visible()
    expect(box(page)).to_have_value(words)
    expect(thread(page).locator(".new-comment [data-unsent]")).to_be_visible()


def reloaded(page: Page, _url: str) -> None:
    page.reload()


def left_and_come_back(page: Page, url: str) -> None:
    page.goto("/oversikt/")
    page.goto(url)


def in_english(page: Page, _url: str) -> None:
    page.locator("header").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("happens", [reloaded, left_and_come_back, in_english])
def test_it_is_put_back_where_it_was_written(anna, url, happens: Callable[[Page, str], None]):
    begin(anna)
    thread(anna).locator(".new-comment summary").click()
    thread(anna).get_by_role("checkbox").first.check()
    happens(anna, url)
    is_back(anna)
    expect(thread(anna).get_by_role("checkbox").first).to_be_checked()
    language = anna.locator("html").get_attribute("lang")
    assert faults_of(anna, Look(language, (1280, 320))) == []


def test_it_is_forgotten_when_it_is_sent_or_emptied(anna):
    begin(anna)
    send(anna)
    expect(thread(anna).locator(".remark .prose")).to_have_text(WORDS)
    expect(box(anna)).to_have_value("")
    expect(link(anna)).to_contain_text(OPEN)
    assert kept(anna) == []
    box(anna).fill("Ett till")
    assert len(kept(anna)) == 1
    box(anna).fill("")
    assert kept(anna) == []
    anna.reload()
    expect(link(anna)).to_contain_text(OPEN)
    expect(thread(anna)).to_be_hidden()


def test_answers_and_changes_are_kept_in_their_own_boxes(anna):
    begin(anna)
    send(anna)
    own, answer = thread(anna).locator(".own"), thread(anna).locator(".answers-to > details")
    own.locator("summary").click()
    own.locator("textarea").fill("Räcker två?")
    answer.locator("summary").first.click()
    answer.locator("textarea").fill("Ja.")
    box(anna).fill("Något annat.")
    anna.reload()
    is_back(anna, "Något annat.")
    expect(own.locator("textarea")).to_be_visible()
    expect(own.locator("textarea")).to_have_value("Räcker två?")
    expect(answer.locator("textarea")).to_have_value("Ja.")
    answer.locator("button").click()
    expect(thread(anna).locator(".remark")).to_have_count(2)
    is_back(anna, "Något annat.")
    expect(own.first.locator("textarea")).to_have_value("Räcker två?")
    own.first.get_by_role("button", name="Spara ändringen").click()
    expect(thread(anna).locator(".prose").first).to_have_text("Räcker två?")
    assert len(kept(anna)) == 1


def test_an_answer_to_what_has_been_resolved_meanwhile_has_a_place(anna):
    begin(anna)
    send(anna)
    answer = thread(anna).locator(".answers-to > details")
    answer.locator("summary").first.click()
    answer.locator("textarea").fill("Nej.")
    thread(anna).get_by_role("button", name="Markera som avslutad").click()
    expect(link(anna)).to_contain_text("Kommentarer (1)")
    is_back(anna, "Nej.")
    anna.reload()
    is_back(anna, "Nej.")


def test_a_tab_that_was_closed_gives_it_to_the_next(anna, url):
    begin(anna)
    context = anna.context
    anna.close()
    page = context.new_page()
    page.goto(url)
    is_back(page)
    assert len(kept(page)) == 1


def test_it_is_nobody_elses(anna, url, lusaka, client_for, site):
    begin(anna)
    cookie = client_for(lusaka).cookies["sessionid"].value
    anna.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    anna.goto(url)
    expect(link(anna)).to_contain_text("Comments")
    begin(anna, "")
    expect(box(anna)).to_have_value("")
    assert len(kept(anna)) == 1  # for Anna


def test_a_log_in_that_has_ended_costs_no_word(anna, malmo):
    begin(anna)
    Session.objects.all().delete()
    cache.clear()
    send(anna)
    expect(anna.locator("#log-in-again")).to_be_visible()
    expect(thread(anna).locator("[data-failed]")).to_be_visible()
    assert box(anna).input_value() == WORDS
    steps.fill_in_log_in(anna.frame_locator("#log-in-again iframe"), malmo.email)
    expect(thread(anna).locator(".remark .prose")).to_have_text(WORDS)
    assert kept(anna) == []
    assert Comment.objects.count() == 1


def test_an_answer_that_was_lost_is_not_written_twice(anna):
    begin(anna)
    anna.route("**/kommentarer/**", lambda route: (route.fetch(), route.abort()))
    send(anna)
    expect(thread(anna).locator("[data-failed]")).to_be_visible()
    anna.unroute("**/kommentarer/**")
    anna.reload()
    is_back(anna)
    send(anna)
    expect(box(anna)).to_have_value("")
    assert [each.text for each in Comment.objects.all()] == [WORDS]


def test_the_page_of_a_thread_keeps_it_too(anna, draft, url):
    anna.goto(address(draft, f"kommentarer/{KEY}/"))
    box(anna).fill(WORDS)
    anna.reload()
    is_back(anna)
    anna.goto(url)
    is_back(anna)
    anna.goto(address(draft, f"kommentarer/{KEY}/"))
    send(anna)
    expect(thread(anna).locator(".remark .prose")).to_have_text(WORDS)
    expect(thread(anna).locator(".remark")).to_contain_text("Till Grace Tembo")
    assert kept(anna) == []


def test_an_unsent_comment_does_not_hold_a_submission_back(ready, signed_in, malmo):
    page = signed_in(malmo)
    page.goto(page_of("application_content", ready.public_id))
    begin(page)
    page.goto(address(ready, "granska/"))
    saves = page.locator("#submit").get_attribute("data-saves").split()
    assert len(kept(page)) == 1
    assert not [name for name in kept(page) for save in saves if f"|{save}" in name]


def test_presence_moves_nothing_and_the_order_is_the_one_that_is_seen(anna):
    anna.set_viewport_size({"width": 1280, "height": 900})
    foot = anna.locator(".question-foot", has=link(anna))
    here = foot.locator("[data-here]")

    def places() -> list[dict]:
        return anna.evaluate(
            """(key) => [...document.querySelectorAll(".question-foot a, .question h2")]
                .map((each) => [each.getBoundingClientRect().x, each.getBoundingClientRect().y])""",
            KEY,
        )

    before = places()
    here.evaluate(
        """(each) => {
            each.hidden = false;
            each.textContent = "● Grace Tembo, Lusaka City Council, skriver här";
        }"""
    )
    assert places() == before
    links = foot.get_by_role("link").or_(foot.get_by_role("button")).all()
    across = [each.bounding_box()["x"] for each in links if each.is_visible()]
    assert across == sorted(across)
    link(anna).click()
    expect(thread(anna)).to_be_visible()
    wide = [each.bounding_box() for each in (foot, thread(anna))]
    assert wide[0]["width"] == pytest.approx(wide[1]["width"], abs=1)
    assert wide[1]["y"] > link(anna).bounding_box()["y"] + link(anna).bounding_box()["height"]
    assert re.search("form-check-input", thread(anna).inner_html())
