"""A web process whose clock is five minutes wrong, beside one that is right."""

from datetime import timedelta

import pytest

from applications.models import Answer, Event, Submission, Upload
from icld_portal.models import Cause, Disturbance
from tests.faults.asking import ACCEPTED, ask, health, submit, writes_uploads_and_submits
from tests.faults.conftest import CLOSE, a_worker_does_everything
from tests.faults.standing import everything_holds

pytestmark = pytest.mark.xdist_group("faults")

WRONG = ("--config", "python:tests.faults.five_minutes_wrong")


def texts() -> list[tuple[int, str]]:
    return list(Answer.objects.order_by("pk").values_list("version", "text"))


def test_a_process_five_minutes_ahead_receives_nothing_and_the_right_one_beside_it_goes_on(
    portal, town, browser_of, set_clock
):
    set_clock(CLOSE - timedelta(minutes=3))  # the wrong one would refuse what is in time
    first, second = town.applicants[:2]
    before, uploads = texts(), Upload.objects.count()
    with portal.web(*WRONG) as wrong, portal.web() as right:
        probe = ask(wrong, "/halsa/")
        assert (probe.status, probe.json["clock"]) == (503, "off by 301 s")
        assert probe.json["database"] == "ok"
        assert health(right)["clock"] == "ok"

        refused = writes_uploads_and_submits(browser_of(first, wrong))
        assert refused == [503, 503, 503]  # an upload that cannot begin has no more to it
        page = submit(wrong, first)
        assert "inget sparades" in page.text
        assert page.headers["Retry-After"] == "30"
        assert ask(wrong, f"/ansokningar/{first.public_id}/", of=first).status == 200
        assert texts() == before
        assert Upload.objects.count() == uploads
        assert not Submission.objects.exists()
        assert not Event.objects.filter(kind="submit_refused").exists()

        for applicant in (first, second):
            assert writes_uploads_and_submits(browser_of(applicant, right)) == ACCEPTED
        a_worker_does_everything(portal, PORTAL_URL=f"http://127.0.0.1:{right}")
    everything_holds([*first.family, *second.family], portal.mails)
    episode = Disturbance.objects.get(cause=Cause.WEB)
    assert episode.failed_submissions == 2
