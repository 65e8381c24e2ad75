"""Beat and worker are dead from before the close until hours after it."""

from datetime import timedelta

import pytest

from applications.models import Application, Round, Submission
from applications.states import ApplicationState
from bench.deadline.judging import Answer
from icld_portal import clock
from icld_portal.models import Cause, Disturbance, Heartbeat
from outbox.models import Message
from tests.faults.asking import health
from tests.faults.conftest import CLOSE
from tests.faults.processes import kill, until
from tests.faults.standing import everything_holds, has_come_to_rest

pytestmark = pytest.mark.xdist_group("faults")

DEAD = timedelta(hours=7)


def submits(browser) -> Answer:
    browser.submit()
    return browser.sent[-1].answer


def last_tick():
    return Heartbeat.objects.values_list("ticked_at", flat=True).first()


def beat_and_worker_come_back(portal, url: str, after: timedelta) -> None:
    """Both of them, after they have been dead for so long; they are killed when all is done."""
    portal.beat_last_asked(ago=after)
    began, left = clock.real_now(), portal.servers.jobs()
    with portal.worker(PORTAL_URL=url) as worker, portal.beat() as beat:
        until(lambda: (last := last_tick()) and last > began, "a tick")
        until(lambda: portal.servers.jobs() <= left and has_come_to_rest(), "all that was due")
        kill(beat)
        kill(worker)


def test_over_a_close_without_beat_nothing_late_gets_in_and_the_rest_follows_once(
    portal, town, browser_of, set_clock
):
    in_time, late = town.applicants[:2]
    with portal.web() as port:
        url = f"http://127.0.0.1:{port}"
        beat_and_worker_come_back(portal, url, timedelta(minutes=2))
        assert health(port)["beat"] == "ok"
        assert not Message.objects.filter(kind="draft_reminder").exists()

        set_clock(CLOSE - timedelta(minutes=5))
        assert submits(browser_of(in_time, port)) is Answer.ACCEPTED
        set_clock(CLOSE + DEAD - timedelta(minutes=5))
        died = clock.real_now() - DEAD
        Heartbeat.objects.update(ticked_at=died)
        assert submits(browser_of(late, port)) is Answer.REFUSED
        assert Round.objects.get(pk=town.round.pk).enforced_at is None
        assert Application.objects.get(public_id=late.public_id).state == ApplicationState.DRAFT
        said = health(port)
        assert said["beat"].startswith("late, last ")
        assert "closes of rounds" in said["due work"]

        for _turn in range(2):  # the second time everything has been done
            beat_and_worker_come_back(portal, url, DEAD)
        said = health(port)
        assert (said["beat"], said["due work"]) == ("ok", "ok")
    everything_holds(in_time.family, portal.mails)
    assert Submission.objects.count() == len(in_time.family)
    assert not Message.objects.filter(kind__endswith="_reminder").exists()
    gap = Disturbance.objects.get(cause=Cause.UNMEASURED)
    assert gap.ended_at - gap.began_at > DEAD - timedelta(minutes=1)
    assert gap.failed_submissions == 0
