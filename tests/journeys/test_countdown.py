"""Pages that count down: by the server's clock, whatever the device believes."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.addresses import page_of
from tests.moments import CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)

WRONG_CLOCK = """
    const Real = Date, wrong = 5 * 60 * 60 * 1000;
    Date = class extends Real {
      constructor(...given) { given.length ? super(...given) : super(Real.now() + wrong); }
      static now() { return Real.now() + wrong; }
    };
"""
"""The device is five hours ahead."""

COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"
MOVED = """
    window.moved = 0;
    const add = (list) => { for (const each of list.getEntries()) moved += each.value; };
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def at(site, set_clock):
    """`at(left)`: so long before the close."""

    def before_the_close(**left) -> None:
        set_clock(CLOSE - timedelta(**left))

    return before_the_close


def left(page: Page):
    return page.locator("main .countdown").first


def read_out(page: Page):
    return page.locator("main > p.visually-hidden[role=status]")


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ({"days": 5, "hours": 14}, "5 dagar kvar"),
        ({"days": 2, "seconds": 40}, "2 dagar kvar"),
        ({"days": 1, "hours": 23, "minutes": 5, "seconds": 30}, "47 tim 05 min kvar"),
        ({"hours": 1, "minutes": 2, "seconds": 30}, "1 tim 02 min kvar"),
    ],
    ids=str,
)
def test_a_device_whose_clock_is_wrong_shows_the_same(window, at, moment, shown):
    at(**moment)
    right, wrong = window(), window(timezone_id="Asia/Tokyo")
    wrong.add_init_script(WRONG_CLOCK)
    for page in (right, wrong):
        page.goto("/")
        expect(left(page)).to_have_text(shown)


def test_the_last_hour_counts_seconds_in_the_readers_language(window, at, site):
    at(minutes=5)
    page = window()
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
    page.goto("/")
    expect(left(page)).to_have_text(re.compile(r"^4 min \d\d s left$"))
    first = left(page).inner_text()
    expect(left(page)).not_to_have_text(first)


def test_without_script_the_words_of_the_server_stand(window, at):
    at(hours=5)
    page = window(java_script_enabled=False)
    page.goto("/")
    expect(left(page)).to_have_text("Sista dagen, till midnatt svensk tid")


def test_at_the_close_it_says_closed_and_offers_the_page_anew(window, at):
    at(seconds=4)
    page = window()
    page.goto("/")
    expect(left(page)).to_have_text("Stängd")
    expect(page.get_by_text("Tiden har gått ut.").first).to_be_visible()
    page.get_by_role("link", name="Ladda om sidan").click()
    expect(page.get_by_role("heading", name="Ingen omgång är öppen")).to_be_visible()


def test_whoever_comes_back_to_the_page_sees_what_is_left_now(window, at):
    at(days=3, hours=2)
    page = window()
    page.goto("/omgangar/")
    expect(left(page)).to_have_text("3 dagar kvar")
    at(hours=30, seconds=-30)
    page.evaluate(COME_BACK)
    expect(left(page)).to_have_text("29 tim 59 min kvar")


def test_a_server_that_does_not_answer_is_no_trouble(window, at):
    at(hours=10, seconds=-30)
    page = window()
    asked = []
    page.route("**/tid/", lambda route: (asked.append(1), route.abort()))
    page.goto("/")
    with page.expect_request("**/tid/"):
        page.evaluate(COME_BACK)
    expect(left(page)).to_have_text("9 tim 59 min kvar")
    page.unroute("**/tid/")
    at(hours=8, seconds=-30)
    expect(left(page)).to_have_text("7 tim 59 min kvar")  # it has tried again by itself
    assert asked


def test_an_answer_that_is_no_time_changes_nothing(window, at):
    at(hours=10, seconds=-30)
    page = window()
    page.route("**/tid/", lambda route: route.fulfill(json={"now": "snart"}))
    page.goto("/")
    with page.expect_response("**/tid/"):
        page.evaluate(COME_BACK)
    expect(left(page)).to_have_text("9 tim 59 min kvar")


def test_only_the_last_hour_ten_minutes_and_minute_are_read_out(window, at):
    at(minutes=70)
    page = window()
    page.goto("/")
    expect(left(page)).to_have_attribute("aria-live", "off")
    expect(left(page)).to_have_text(re.compile("1 tim"))
    expect(read_out(page)).to_have_text("")
    for minutes, told in ((59.9, "60 minuter kvar"), (9.9, "10 minuter kvar"), (0.9, "1 minut")):
        at(minutes=minutes)
        page.evaluate(COME_BACK)
        expect(read_out(page)).to_contain_text(f"Våren 2027: {told}")


def test_a_page_opened_late_reads_nothing_out_by_itself(window, at):
    at(minutes=8)
    page = window()
    page.goto("/")
    expect(left(page)).to_have_text(re.compile(r"min \d\d s kvar"))
    expect(read_out(page)).to_have_text("")


def test_those_who_want_less_motion_see_minutes(window, at):
    at(minutes=12, seconds=20)
    page = window(reduced_motion="reduce")
    page.goto("/")
    expect(left(page)).to_have_text("12 minuter kvar")
    at(seconds=50)
    page.evaluate(COME_BACK)
    expect(left(page)).to_have_text("Mindre än en minut kvar")


@pytest.mark.parametrize("width", [1280, 320])
def test_counting_moves_nothing_on_the_page(window, at, width):
    at(hours=20)
    page = window(viewport={"width": width, "height": 900})
    page.add_init_script(MOVED)
    page.goto("/")
    before = page.locator("#round-card ~ p").last.bounding_box()
    at(minutes=30)
    page.evaluate(COME_BACK)
    expect(left(page)).to_have_text(re.compile(r"s kvar$"))
    assert page.locator("#round-card ~ p").last.bounding_box() == before
    assert page.evaluate("moved") < 0.02
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_draft_counts_down_on_its_page_and_in_its_bar(signed_in, at, draft, malmo):
    page = signed_in(malmo)
    at(hours=3, seconds=-30)
    page.goto(reverse("application", args=[draft.public_id]))
    expect(page.locator("#deadline-card .countdown")).to_have_text("2 tim 59 min kvar")
    page.goto(page_of("application_basics", draft.public_id))
    expect(page.locator(".case-bar .countdown")).to_have_text("2 tim 59 min kvar")


def test_a_reader_abroad_is_told_their_own_time_and_its_name(window, set_clock):
    set_clock(MID_ROUND)
    page = window(timezone_id="Africa/Lusaka")
    page.goto("/omgangar/")
    expect(page.locator("[data-own-time]:visible")).to_contain_text("(centralafrikansk tid)")
