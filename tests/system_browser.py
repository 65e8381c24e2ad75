"""Browser tests use the system's Chromium; registered by tests/plugin.py.

Without one they are skipped, the last line of the run says so, and under CI=true the run fails.
"""

import os
import shutil

import pytest
from playwright.sync_api import expect

from tests.settling import PATIENCE

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no Chromium on this machine"
_skipped = pytest.StashKey[int]()


def program() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """As root (containers) Chromium runs only without its own sandbox."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    # No errands of its own: suites run on machines without a network.
    arguments += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {"executable_path": program(), "args": arguments}


@pytest.fixture(scope="session")
def browser(browser):
    """A patient one."""
    make = browser.new_context

    def new_context(**options):
        context = make(**options)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    browser.new_context = new_context
    expect.set_options(timeout=PATIENCE * 1000)
    return browser


def pytest_collection_modifyitems(items):
    """Whatever drives a page is a browser test."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not program():
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    skips = reporter.stats.get("skipped", [])
    skipped = sum(NO_BROWSER in str(report.longrepr) for report in skips)
    session.config.stash[_skipped] = skipped
    if skipped and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    if skipped := config.stash.get(_skipped, 0):
        mend = "sudo apt-get install chromium"
        print(f"\n!!! {skipped} BROWSER TESTS WERE SKIPPED: {NO_BROWSER}. Install it: {mend}")
