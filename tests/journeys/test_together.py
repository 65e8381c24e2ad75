"""Two people in one application at once: they see each other, talk, and watch the list shrink."""

import re

import pytest
from playwright.sync_api import Page, expect

from applications import actions
from tests.addresses import page_of
from tests.applications.pages import address
from tests.journeys.looking import Look, faults_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "objective"
NARROW = Look("sv", (1280, 320))


@pytest.fixture
def anna(signed_in, malmo) -> Page:
    return signed_in(malmo)


@pytest.fixture
def grace(signed_in, lusaka) -> Page:
    return signed_in(lusaka)


def content(application) -> str:
    return page_of("application_content", application.public_id)


def box(page: Page, language: str = "sv"):
    return page.locator(f"#id_{KEY}-{language}")


def test_lusaka_sees_malmo_in_the_question(anna, grace, draft):
    anna.goto(content(draft))
    with anna.expect_response("**/har/"):
        box(anna).focus()
    grace.goto(content(draft))
    at_question = grace.locator(f"[data-here={KEY}]")
    expect(at_question).to_contain_text("Anna Ek, Malmö stad")
    expect(grace.locator("#here")).to_contain_text("1")
    assert faults_of(grace, Look("en", (1280, 320))) == []
    grace.goto(address(draft))
    expect(grace.locator("[data-here-section=content]")).to_contain_text("Anna Ek")
    anna.goto("about:blank")
    with grace.expect_response("**/har/"):
        grace.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(grace.locator("[data-here-section=content]")).to_be_hidden()


def test_somebody_who_comes_into_the_same_question_is_said_once(anna, grace, draft):
    grace.goto(content(draft))
    box(grace, "en").focus()
    anna.goto(content(draft))
    with anna.expect_response("**/har/"):
        box(anna).focus()
    with grace.expect_response("**/har/"):
        grace.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(grace.locator("#together-news")).to_contain_text("Anna Ek")
    grace.locator("#together-news").evaluate("each => { each.textContent = '' }")
    with grace.expect_response("**/har/"):
        grace.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(grace.locator("#together-news")).to_have_text("")


def heard(page: Page) -> None:
    """The page asks at once, and not first after ten seconds, what is new."""
    with page.expect_response("**/har/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def state_of(page: Page):
    return page.locator(f".answer:has(#id_{KEY}-sv) .save-state")


def test_what_the_other_saves_comes_into_a_box_that_one_has_not_touched(anna, draft, lusaka):
    anna.goto(content(draft))
    heard(anna)
    other = anna.locator("#id_summary-sv")
    other.fill("Malmös sammanfattning")
    write(draft, "Lusakas text", by=lusaka)
    heard(anna)
    expect(box(anna)).to_have_value("Lusakas text")
    expect(state_of(anna)).to_contain_text("Grace Tembo")
    expect(other).to_have_value("Malmös sammanfattning")
    box(anna).fill("Lusakas text, och Malmös")
    with anna.expect_response("**/svar/**"):
        box(anna).blur()
    expect(state_of(anna)).to_contain_text("Sparat kl.")
    expect(anna.locator(".conflict")).to_have_count(0)
    texts = draft.answers.values_list("question_key", "text")
    assert dict(texts)[KEY] == "Lusakas text, och Malmös"


def test_what_one_is_writing_is_not_touched_by_what_the_other_saves(anna, draft, lusaka):
    anna.goto(content(draft))
    heard(anna)
    anna.route("**/svar/**", lambda route: route.abort())
    box(anna).fill("Min egen text")
    write(draft, "Lusakas text", by=lusaka)
    with anna.expect_response("**/del/content/"):
        heard(anna)
    expect(box(anna)).to_have_value("Min egen text")


def write(application, text: str, by) -> None:
    written = {"question_key": KEY, "language": "sv", "text": text, "version": 0}
    actions.save_answer(application, **written, by=by, at=MID_ROUND)


def left_on(page: Page) -> int:
    expect(page.locator("#left[data-count]")).to_be_visible()
    return int(page.locator("#left").get_attribute("data-count"))


def test_the_list_shrinks_when_an_answer_is_saved(anna, grace, draft):
    """On the page of the one who wrote, and of the colleague abroad."""
    anna.goto(content(draft))
    grace.goto(address(draft, "omraden/"))
    before = left_on(anna)
    assert left_on(grace) == before
    box(anna).fill("Unga möter kommunen för sent.")
    expect(anna.locator(f"#left[data-count='{before - 1}']")).to_be_visible()
    expect(anna.locator("#left-news")).to_contain_text(str(before - 1))
    with grace.expect_response("**/har/"):
        grace.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(grace.locator(f"#left[data-count='{before - 1}']")).to_be_visible()


def test_the_task_list_follows_too(anna, draft, lusaka):
    anna.goto(address(draft))
    count = int(re.search(r"\d+", anna.locator("#remaining .title").first.inner_text())[0])
    actions.save_details(draft, {"title_sv": "Unga"}, by=lusaka, at=MID_ROUND)
    with anna.expect_response("**/har/"):
        anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(anna.locator("#remaining .title").first).to_contain_text(str(count - 1))


def test_the_list_unfolds_over_the_page_and_folds_by_keyboard(anna, draft):
    anna.goto(content(draft))
    left_on(anna)
    anna.locator("#left summary").focus()
    anna.keyboard.press("Enter")
    panel = anna.locator("#left .panel")
    expect(panel).to_be_visible()
    assert faults_of(anna, NARROW) == []
    anna.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert anna.evaluate("document.activeElement.tagName") == "SUMMARY"
    anna.keyboard.press("Enter")
    panel.get_by_role("link").first.click()
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("size", [(320, 568), (320, 256), (1280, 900)])
def test_the_bar_hides_nothing_that_has_the_focus(anna, draft, size):
    anna.set_viewport_size({"width": size[0], "height": size[1]})
    anna.emulate_media(reduced_motion="reduce")  # measured where it comes to rest
    anna.goto(content(draft))
    left_on(anna)
    anna.evaluate("scrollTo(0, document.body.scrollHeight)")
    for _step in range(40):
        anna.keyboard.press("Shift+Tab")
        assert not anna.evaluate(
            """() => {
                const focused = document.activeElement;
                const bar = document.querySelector(".case-bar");
                if (!focused || focused === document.body || bar.contains(focused)) return false;
                const [own, over] = [focused.getBoundingClientRect(), bar.getBoundingClientRect()];
                return over.bottom > 0 && own.bottom <= over.bottom && own.top >= over.top;
            }"""
        )


def test_they_talk_beside_a_question(anna, grace, draft):
    anna.goto(content(draft))
    anna.locator(f"[data-thread={KEY}]").click()
    thread = anna.locator(f"#thread-{KEY}")
    thread.get_by_label("Skriv en kommentar").or_(thread.get_by_label("Write a comment")).fill(
        "Räcker ett mål? <b>"
    )
    thread.locator(".new-comment .mention summary").click()
    thread.locator(".new-comment .mention input").first.check()
    thread.locator(".new-comment button").click()
    expect(thread.locator(".remark .prose")).to_have_text("Räcker ett mål? <b>")
    assert faults_of(anna, NARROW) == []
    grace.goto(f"{content(draft)}#comments-{KEY}")
    beside = grace.locator(f"#thread-{KEY}")
    expect(beside.locator(".remark .prose")).to_have_text("Räcker ett mål? <b>")
    beside.locator(".answers-to > details > summary").click()
    beside.locator(".answers-to textarea").fill("One is enough.")
    beside.locator(".answers-to details button").click()
    expect(beside.locator(".remark")).to_have_count(2)
    beside.locator("button[value^=resolve]").click()
    expect(beside.locator(".resolved")).to_be_visible()
    # The answer's own form has not been sent by the comments' buttons.
    assert grace.url.endswith(f"#comments-{KEY}")


def test_a_comment_that_could_not_be_sent_stays(anna, draft):
    anna.goto(content(draft))
    anna.locator(f"[data-thread={KEY}]").click()
    area = anna.locator(f"#thread-{KEY} .new-comment textarea")
    area.fill("Hej")
    anna.context.set_offline(True)
    anna.locator(f"#thread-{KEY} .new-comment button").click()
    expect(anna.locator(f"#thread-{KEY} [data-failed]")).to_be_visible()
    assert area.input_value() == "Hej"
    anna.context.set_offline(False)
    anna.locator(f"#thread-{KEY} .new-comment button").click()
    expect(anna.locator(f"#thread-{KEY} .remark")).to_have_count(1)


def test_without_script_everything_is_a_link_away(browser, site, client_for, malmo, draft):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(address(draft, "grunder/"))
    page.locator("#left").click()
    expect(page.locator("h1")).to_have_text(re.compile("Vad som återstår|What is left"))
    page.goto(content(draft))
    page.locator(f"[data-thread={KEY}]").click()
    page.locator(".new-comment textarea").fill("Utan skript")
    page.locator(".new-comment button").click()
    expect(page.locator(".remark .prose")).to_have_text("Utan skript")
    context.close()


def test_the_pages_of_writing_together(anna, draft):
    for path in ("kvar/", "kommentarer/", "kommentarer/budget/", "grunder/", "budget/", "parter/"):
        anna.goto(address(draft, path))
        assert faults_of(anna, NARROW) == [], path
