"""A live portal with its people, a browser window for each of them, and a real worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import setup_logging, task_postrun
from django.conf import settings
from playwright.sync_api import Page, Response

from accounts.models import User
from icld_portal.celery import app
from tests import broker
from tests.moments import MID_ROUND
from tests.settling import PATIENCE, wait_until_idle


class Worker:
    """What a test asks of the running worker."""

    def __init__(self) -> None:
        self._finished = Event()
        self._done: set[str] = set()
        task_postrun.connect(self._note)

    def _note(self, task_id: str, **_task) -> None:
        self._done.add(task_id)
        self._finished.set()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for one task after the other until `condition` holds."""
        while not condition():
            assert self._finished.wait(PATIENCE), "the worker came to rest before"
            self._finished.clear()

    def sweep(self) -> None:
        """Ask for everything that beat asks for every minute, and wait until it has been done."""
        asked = [broker.send(each["task"]) for each in settings.CELERY_BEAT_SCHEDULE.values()]
        self.until(lambda: self._done.issuperset(task.id for task in asked))


@pytest.fixture
def site(live_server, reference, set_clock) -> str:
    """The address of the portal, in the middle of the open round."""
    set_clock(MID_ROUND)
    return live_server.url


@pytest.fixture
def window(browser, site) -> Iterator[Callable[..., Page]]:
    """`window()` is a page of a new browser that nobody has logged in with.

    At the end no page may have failed on the server, broken a script or met the content policy.
    """
    contexts, faults = [], []

    def answered(answer: Response) -> None:
        if answer.status >= 500:
            faults.append(f"{answer.status} {answer.url}")

    def watch(page: Page) -> None:
        page.on("response", answered)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: faults.append(line.text) if _is_policy(line.text) else None)

    def open_window(**options) -> Page:
        context = browser.new_context(
            base_url=site, **{"locale": "sv-SE", "timezone_id": "Europe/Stockholm", **options}
        )
        contexts.append(context)
        context.on("page", watch)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.set_offline(True)  # a page that is left saves once more, and the tables are emptied
        context.close()
    wait_until_idle()
    assert faults == []


def _is_policy(text: str) -> bool:
    return "Content Security Policy" in text


@setup_logging.connect
def leave_logging_alone(**_kwargs) -> None:
    """Else a worker in our process raises the root logger's level, and later tests miss lines."""


@pytest.fixture(scope="session", autouse=True)
def worker_modules() -> None:
    """The first worker of a process sets Django up again, which takes pytest's handler from the
    root logger; here that happens before any test listens."""
    app.loader.init_worker()


@contextmanager
def running_worker() -> Iterator[Worker]:
    """A real Celery worker in a thread of this process, on the real queue."""
    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=PATIENCE):
        yield Worker()


@pytest.fixture
def worker(transactional_db) -> Iterator[Worker]:
    with running_worker() as worker:
        yield worker


@pytest.fixture
def signed_in(window, site, client_for) -> Callable[[User], Page]:
    """`signed_in(user)` is a page of a browser where that person has logged in before."""

    def open_window(user: User) -> Page:
        page = window()
        cookie = client_for(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        return page

    return open_window
