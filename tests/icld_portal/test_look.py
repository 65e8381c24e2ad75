"""What a browser sees of the frame: accessibility, narrow screens, weight, own time."""

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.moments import MID_ROUND

PUBLIC = ["start", "about", "calculator", "contact", "privacy", "accessibility", "account_login"]
FIRST_LOAD = 150_000
"""Bytes a phone on a bad line should have to wait for (DESIGN section 6)."""


@pytest.fixture
def site(live_server, reference, set_clock):
    set_clock(MID_ROUND)
    return live_server.url


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_sticks_out(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    for name in PUBLIC:
        page.goto(site + reverse(name))
        faults = Axe().run(page).response["violations"]
        assert [(name, fault["id"]) for fault in faults] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_the_keyboard_reaches_the_content_first(page, site):
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_page_that_comes_back_with_errors_starts_at_their_summary(page, site):
    page.goto(site + reverse("account_login"))
    page.click("#login [type=submit]")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.click("#error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "login"


def test_a_demo_account_fills_in_the_form(page, site):
    page.goto(site + reverse("account_login"))
    page.click("text=karlstad@example.org")
    assert page.input_value("[name=login]") == "karlstad@example.org"


@pytest.mark.parametrize(("zone", "shown"), [("Africa/Lusaka", True), ("Europe/Stockholm", False)])
def test_a_reader_abroad_sees_the_deadline_on_their_own_clock(browser, site, zone, shown):
    context = browser.new_context(timezone_id=zone, locale="en-GB")
    page = context.new_page()
    page.goto(site)
    line = page.locator("[data-own-time]").first
    assert line.is_visible() is shown
    if shown:
        assert "16 mars" in line.inner_text()
        assert "01.00" in line.inner_text()
    context.close()


def test_the_first_load_fits_a_bad_line(client, reference):
    """Compressed as it is sent: Bootstrap, our own style and script, the typefaces, the page."""
    page = client.get("/").content
    names = ["bootstrap/css/bootstrap.min.css", "portal/portal.css", "portal/portal.js"]
    names.append("portal/countdown.js")
    fonts = ["sans-regular", "sans-semibold", "serif-semibold"]
    weight = len(gzip.compress(page))
    weight += sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names)
    weight += sum(
        Path(finders.find(f"portal/fonts/portal-{name}.woff2")).stat().st_size for name in fonts
    )
    assert weight < FIRST_LOAD
