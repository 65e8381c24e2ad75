"""A live portal with its people, and a browser window for each of them."""

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Page, expect

from icld_portal.celery import app
from tests.moments import MID_ROUND

PATIENCE = 15_000
"""Milliseconds: far more than a step takes, so that a busy machine fails no journey."""


@pytest.fixture(scope="session", autouse=True)
def _patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def site(live_server, reference, set_clock) -> str:
    """The address of the portal, in the middle of the open round."""
    set_clock(MID_ROUND)
    return live_server.url


@pytest.fixture
def window(browser, site):
    """`window()` is a page of a new browser that nobody has logged in with.

    At the end no page may have failed on the server, broken a script or met the content policy.
    """
    contexts, faults = [], []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: "Content Security" in line.text and faults.append(line.text))
        page.on("response", lambda answer: answer.status >= 500 and faults.append(answer.url))

    def open_window(**options) -> Page:
        swedish = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
        context = browser.new_context(base_url=site, **{**swedish, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("page", watch)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def worker(transactional_db):
    """A real Celery worker in a thread of this process, on the real queue."""
    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False):
        yield
