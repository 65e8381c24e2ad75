"""The three stretches: each request on the idle server, the hour, and as much as goes in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import cycle
from threading import Event, Thread
from time import sleep, time

from bench.deadline.client import SUBMITS, Browser
from bench.deadline.judging import Sent
from bench.deadline.plan import UPLOADS, WRITING, Kind, Step

IDLE = {Kind.AUTOSAVE: 40, Kind.LIVE: 40, Kind.UPLOAD: 20, Kind.SUBMIT: 14}
"""How often each is done while nothing else is."""
MIX = (*WRITING, Kind.SUBMIT) * (UPLOADS - 1) + (*WRITING, Kind.UPLOAD, Kind.SUBMIT)
"""What some applicants of the played hour do."""


def idle(browsers: Sequence[Browser]) -> list[Sent]:
    """One request after the other. Submissions come last: they give the worker something to do."""
    for kind, times in IDLE.items():
        for browser, _ in zip(cycle(browsers), range(times), strict=False):
            browser.do(kind)
    return [each for browser in browsers for each in browser.sent]


def play(
    browsers: Sequence[Browser],
    desks: Sequence[Browser],
    plan: Sequence[Sequence[Step]],
    closes_at: datetime,
) -> None:
    """Everybody does their steps when it is time. What one writes waits for what one wrote before;
    handing in waits for nothing, and goes from the same person's `desks`."""
    close = closes_at.timestamp()

    def until(at: float) -> None:
        sleep(max(0.0, close + at - time()))

    def person(browser: Browser, steps: Iterable[Step]) -> None:
        for step in steps:
            until(step.at)
            browser.do(step.kind, lambda: until(0.5))
        browser.close()

    jobs = []
    for browser, desk, steps in zip(browsers, desks, plan, strict=True):
        writing = [step for step in steps if step.kind not in SUBMITS]
        handing_in = [step for step in steps if step.kind in SUBMITS]
        jobs += [partial(person, browser, writing), partial(person, desk, handing_in)]
    for thread in _start(jobs):
        thread.join()


@dataclass(frozen=True)
class Stretch:
    """How many answers came, in how many seconds."""

    answers: int
    seconds: float

    @property
    def a_second(self) -> float:
        return self.answers / self.seconds


def saturate(
    browsers: Iterable[Browser], do: Callable[[Browser, int], None], seconds: float
) -> Stretch:
    """Every browser asks again as soon as it has been answered."""
    over = Event()
    rows = list(browsers)
    before = sum(len(browser.sent) for browser in rows)

    def person(browser: Browser, turn: int) -> None:
        while not over.is_set():
            do(browser, turn)
            turn += 1
        browser.close()

    begun = time()
    threads = _start([lambda b=b, n=n: person(b, n) for n, b in enumerate(rows)])
    sleep(seconds)
    over.set()
    for thread in threads:
        thread.join()
    return Stretch(sum(len(browser.sent) for browser in rows) - before, time() - begun)


def mixed(browser: Browser, turn: int) -> None:
    browser.do(MIX[turn % len(MIX)])


def _start(jobs: Iterable[Callable[[], None]]) -> list[Thread]:
    threads = [Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    return threads
