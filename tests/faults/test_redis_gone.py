"""Redis is gone for the last ten minutes of a round."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from accounts.models import User
from applications.models import Application, Round, Submission, SubmissionPdf
from bench.deadline.scene import Applicant
from icld_portal.models import Cause, Disturbance
from icld_portal.outages import PAUSE
from outbox.models import Message
from outbox.states import MessageState
from tests.conftest import PASSWORD
from tests.faults.asking import ACCEPTED, ask, health, writes_uploads_and_submits
from tests.faults.conftest import CLOSE, a_worker_does_everything
from tests.faults.standing import everything_holds

pytestmark = pytest.mark.xdist_group("faults")

PROCESSES, USES = 2, 2
"""gunicorn's processes; each of them asks Redis as a cache and as a queue."""


@contextmanager
def somebody_who_hangs_up(path: Path) -> Iterator[list[float]]:
    """In place of Redis: takes every connection and breaks it. Gives when each of them came."""
    path.unlink(missing_ok=True)
    came, over = [], Event()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen(100)
        door.settimeout(0.1)

        def open_the_door() -> None:
            while not over.is_set():
                try:
                    door.accept()[0].close()
                except TimeoutError:
                    continue
                came.append(monotonic())

        porter = Thread(target=open_the_door)
        porter.start()
        try:
            yield came
        finally:
            over.set()
            porter.join()
    path.unlink()


def logged_in(applicant: Applicant, port: int) -> Applicant:
    """The same person with a session that they get now, by their password."""
    person = Application.objects.get(public_id=applicant.public_id).created_by
    made = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-tests-22ch", iterations=1000)
    User.objects.filter(pk=person.pk).update(password=made)
    page = ask(port, "/logga-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    form = {"csrfmiddlewaretoken": token, "login": person.email, "password": PASSWORD}
    cookie = f"csrftoken={page.cookies['csrftoken']}"
    answer = ask(port, "/logga-in/", form=urlencode(form), cookie=cookie)
    assert answer.status == 302
    cookies = answer.cookies
    assert cookies["sessionid"] != applicant.session
    return replace(applicant, session=cookies["sessionid"], csrf=cookies["csrftoken"])


def test_without_redis_people_log_in_write_upload_and_submit_and_what_follows_comes_afterwards(
    portal, town, servers, browser_of, set_clock
):
    first, second, third = town.applicants[:3]
    set_clock(CLOSE - timedelta(minutes=9))
    with portal.web() as port:
        assert health(port)["cache"] == "ok"
        servers.kill_redis()
        person = logged_in(first, port)
        assert writes_uploads_and_submits(browser_of(person, port)) == ACCEPTED
        said = ask(port, "/halsa/")
        assert said.status == 200
        assert (said.json["cache"], said.json["worker queue"]) == ("down", "down")

        with somebody_who_hangs_up(servers.redis_socket) as came:
            began = monotonic()
            person = logged_in(second, port)
            assert writes_uploads_and_submits(browser_of(person, port)) == ACCEPTED
            pauses = 1 + int((monotonic() - began) / PAUSE)
        assert len(came) <= PROCESSES * USES * pauses

        assert Submission.objects.count() == len(first.family) + len(second.family)
        assert not SubmissionPdf.objects.exists()
        assert not Message.objects.filter(state=MessageState.SENT).exists()
        servers.start_redis()
        assert writes_uploads_and_submits(browser_of(third, port)) == ACCEPTED
        a_worker_does_everything(portal, PORTAL_URL=f"http://127.0.0.1:{port}")
        assert health(port)["worker queue"] == "ok"
    everything_holds([*first.family, *second.family, *third.family], portal.mails)
    assert Round.objects.get(pk=town.round.pk).enforced_at is None
    assert Disturbance.objects.filter(cause=Cause.QUEUE).count() == 1
