"""Building, measuring, playing, looking afterwards; gives what must be 0 and is not."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.db import connection
from django.test.utils import override_settings

from bench.deadline import facts, judging, playing, scene, stack, told
from bench.deadline.client import BARE, SUBMITS, Browser
from bench.deadline.judging import Answer, Sent, Verdict
from bench.deadline.plan import Kind, plan
from icld_portal import clock
from icld_portal.celery import app
from tests.applications.file_samples import padded_pdf

APPLICATIONS = 300
SECONDS = 60
"""What the hour is played in."""
SPARE = 14
"""Persons for the idle server and for as much as goes in: so many ask at once."""
SPARE_APPLICATIONS = 21
"""Theirs: every other person has two."""
BUSY_SECONDS = 4
"""Each of the stretches in which as much is asked as goes in; the bare view is asked twice."""
STRETCH = 5
"""Seconds over which the busiest stretch of the hour is counted."""
FILE_SIZE = 1_300_000
MAIL_SECONDS = 12
ALONE = {Kind.AUTOSAVE: "autosaves", Kind.LIVE: "budget checks", Kind.SUBMIT: "submissions"}
HOUR, ALL = "the hour's busiest seconds", "the hour's requests, as many as go in"


def run(applications: int = APPLICATIONS, seconds: float = SECONDS) -> bool:
    """Whether everything held."""
    with tempfile.TemporaryDirectory(prefix="icld-deadline-") as name:
        folder = Path(name)
        with override_settings(ATTACHMENTS_ROOT=str(folder / "attachments")):
            return _Evening(folder, applications, seconds).run()


class _Evening:
    def __init__(self, folder: Path, applications: int, seconds: float) -> None:
        self.folder, self.count, self.seconds = folder, applications, seconds
        self.files = padded_pdf(FILE_SIZE)

    def run(self) -> bool:
        begun = monotonic()
        self.round, applicants = scene.make(self.count + SPARE_APPLICATIONS, clock.now())
        database = connection.settings_dict["NAME"]
        environment = stack.surroundings(database, self.folder / "attachments")
        built = monotonic() - begun
        app.control.purge()
        with stack.web(self.folder, environment) as port:
            browsers = [Browser(each, port, self.pdf) for each in applicants]
            self.spare, self.players = browsers[:SPARE], browsers[SPARE:]
            self.desks = [Browser(each.applicant, port, self.pdf) for each in self.players]
            with stack.worker(self.folder, environment):
                idle = self.idle()
                close = self.play()
                facts.wait_for_mail(MAIL_SECONDS)
            sent = [each for browser in (*self.players, *self.desks) for each in browser.sent]
            verdict = judging.judge(sent, close)
            after = facts.facts()
            accepted = self.accepted()
            scene.close_at(self.round, scene.far_close(clock.now()))
            stretches = {HOUR: self.busiest(sent), **self.saturated()}
        print(
            f"Deadline: a round's last hour in {self.seconds:.0f} s, {self.count} applications "
            f"of {len(self.players)} persons\n"
            f"(made in {built:.0f} s; all in {monotonic() - begun:.0f} s)\n"
        )
        held = self.tell(verdict, after, judging.unkept(accepted, after.kept))
        print("\n" + told.waits(sent, idle) + "\n")
        print(told.throughput(stretches, bare=BARE, aimed=ALL))
        return held

    def pdf(self, number: int) -> bytes:
        """A file that nobody has sent before."""
        return self.files.replace(b"%xxxxxxxxxx", b"%%%010d" % number, 1)

    def idle(self) -> list[Sent]:
        for browser in self.spare:  # the first requests of a process are like no others
            for _turn in range(2):
                browser.bare()
                browser.do(Kind.AUTOSAVE)
                browser.do(Kind.LIVE)
        self.warm = {id(each) for browser in self.spare for each in browser.sent}
        found = playing.idle(self.spare)
        return [each for each in found if id(each) not in self.warm]

    def play(self) -> float:
        """Gives the close, as seconds since 1970."""
        closes_at = clock.now() + timedelta(seconds=self.seconds + 2)
        scene.close_at(self.round, closes_at)
        playing.play(self.players, self.desks, plan(len(self.players), self.seconds), closes_at)
        return closes_at.timestamp()

    def accepted(self) -> Counter:
        """By application, how often it was handed in: everybody does so once."""
        return Counter(
            name
            for browser in (*self.spare, *self.desks)
            for each in browser.sent
            if each.kind in SUBMITS and each.answer is Answer.ACCEPTED
            for name in browser.applicant.family
        )

    def busiest(self, sent: Sequence[Sent]) -> float:
        return judging.busiest((each.answered_at for each in sent), STRETCH) / STRETCH

    def saturated(self) -> dict[str, float]:
        """Without the worker: what it does after a submission is not what a page waits for."""
        bare = lambda browser, _turn: browser.bare()  # noqa: E731
        found = [playing.saturate(self.spare, bare, BUSY_SECONDS)]
        mixed = playing.saturate(self.spare, playing.mixed, 2 * BUSY_SECONDS)
        alone = {
            name: playing.saturate(self.spare, lambda b, _t, k=kind: b.do(k), BUSY_SECONDS)
            for kind, name in ALONE.items()
        }
        found.append(playing.saturate(self.spare, bare, BUSY_SECONDS))
        least = sum(each.a_second for each in found) / len(found)
        return {
            ALL: mixed.a_second,
            **{f"  {name} alone": each.a_second for name, each in alone.items()},
            BARE: least,
        }

    def tell(self, verdict: Verdict, after: facts.Facts, unkept: set[str]) -> bool:
        uncertain = Counter(each.answer for each in verdict.uncertain)
        said = ", ".join(f"{number} {answer}" for answer, number in uncertain.items())
        window = f"the last {judging.BEFORE:g} s, or while handing in{': ' if said else ''}{said}"
        zero = [
            ("lost", len(verdict.lost), _statuses(verdict.lost)),
            ("accepted without a frozen copy, or the other way", len(unkept), ""),
            ("wrongly accepted", len(verdict.wrongly_accepted), _kinds(verdict.wrongly_accepted)),
            ("wrongly refused", len(verdict.wrongly_refused), _kinds(verdict.wrongly_refused)),
            ("refused for another reason than the close", after.other_refusals, ""),
            ("gaps or doubles in the numbers", after.gaps, ""),
            ("receipts missing, doubled or astray", after.wrong_receipts, ""),
        ]
        answers = verdict.answers
        rows = [
            ("accepted", answers[Answer.ACCEPTED], False, "requests"),
            ("refused, closed", answers[Answer.REFUSED], False, "requests"),
            *((name, figure, True, note) for name, figure, note in zero),
            ("uncertain", len(verdict.uncertain), False, window),
            ("submissions", after.submissions, False, f"{SPARE} or more before the hour"),
            ("receipts", after.receipts, False, f"{after.sent} sent by the worker meanwhile"),
            ("PDFs", after.pdfs, False, "made by the worker meanwhile"),
        ]
        print(told.counts(rows))
        return not any(figure for _name, figure, _note in zero)


def _statuses(sent: Sequence[Sent]) -> str:
    found = Counter(f"{each.kind} {each.status or 'no answer'}" for each in sent)
    return ", ".join(f"{number} x {what}" for what, number in found.items())


def _kinds(sent: Sequence[Sent]) -> str:
    return ", ".join(f"{number} x {kind}" for kind, number in Counter(e.kind for e in sent).items())
