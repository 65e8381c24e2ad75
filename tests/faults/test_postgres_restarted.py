"""PostgreSQL is restarted at once, without waiting for anybody, while people write and submit."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta

import psycopg2
import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from applications.models import Answer, Application, DiaryCounter, Event, Submission
from applications.states import ApplicationState
from bench.deadline.scene import Applicant
from icld_portal.models import Cause, Disturbance
from outbox.models import Message
from tests.addresses import page_of
from tests.faults.asking import ask, submit
from tests.faults.conftest import CLOSE, a_worker_does_everything, somebody_waits
from tests.faults.processes import PATIENCE, until
from tests.faults.standing import everything_holds

pytestmark = pytest.mark.xdist_group("faults")

SAVED = re.compile(r"✓ Sparat kl\.")
HOLD = "SELECT id FROM applications_application WHERE public_id = %s FOR UPDATE"


@pytest.fixture
def writing(browser) -> Iterator:
    """`writing(applicant, port)`: the page of the answers, and their first box."""
    contexts = []

    def open_page(applicant: Applicant, port: int) -> Page:
        site = f"http://127.0.0.1:{port}"
        context = browser.new_context(base_url=site, locale="sv-SE")
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": applicant.session, "url": site}])
        page = context.new_page()
        page.goto(page_of("application_content", applicant.public_id))
        return page

    yield open_page
    for context in contexts:
        context.close()


@contextmanager
def held(url: str, public_id: str) -> Iterator[None]:
    """Somebody else is at the application; lost with the server."""
    with closing(psycopg2.connect(url)) as other, other.cursor() as cursor:
        cursor.execute(HOLD, [public_id])
        yield


def stored(applicant: Applicant) -> str:
    place = {"question_key": applicant.place["key"], "language": applicant.place["language"]}
    return Answer.objects.get(application__public_id=applicant.public_id, **place).text


def nothing_is_half_done(applicant: Applicant) -> None:
    rows = Application.objects.filter(public_id__in=applicant.family)
    assert set(rows.values_list("state", "dnr")) == {(ApplicationState.DRAFT, None)}
    assert not Submission.objects.exists()
    assert not Message.objects.exists()
    assert not Event.objects.filter(kind__startswith="submit").exists()
    assert not any(DiaryCounter.objects.values_list("last", flat=True))


def test_the_text_stays_the_page_says_so_and_saves_by_itself_and_no_submission_is_half_done(
    portal, town, servers, writing, set_clock
):
    writer, other = town.applicants[:2]
    set_clock(CLOSE - timedelta(minutes=9))
    with portal.web() as port, ThreadPoolExecutor(1) as pool:
        page = writing(writer, port)
        box = page.locator(f"#id_{writer.place['key']}-{writer.place['language']}")
        state = page.locator(".answer", has=box).locator(".save-state")
        box.fill("Före avbrottet.")
        expect(state).to_have_text(SAVED, timeout=PATIENCE * 1000)

        with held(servers.database_url(portal.database), other.public_id):
            under_way = pool.submit(submit, port, other)
            until(somebody_waits, "a submission in the middle")
            servers.break_postgres()
        connections["default"].close()
        box.fill("Före avbrottet. Skrivet under avbrottet.")
        expect(state).to_contain_text("Inte sparat – försöker igen", timeout=PATIENCE * 1000)
        expect(box).to_have_value("Före avbrottet. Skrivet under avbrottet.")
        for answer in (under_way.result(PATIENCE), submit(port, other)):
            assert answer.status == 500
            assert "Felet är inte ditt" in answer.text
            assert "Ansökan är inskickad" not in answer.text
        health = ask(port, "/halsa/")
        assert (health.status, json.loads(health.text)["database"]) == (503, "down")

        servers.start_postgres()
        expect(state).to_have_text(SAVED, timeout=PATIENCE * 1000)
        expect(box).to_have_value("Före avbrottet. Skrivet under avbrottet.")
        assert stored(writer) == "Före avbrottet. Skrivet under avbrottet."
        nothing_is_half_done(other)
        assert submit(port, other).status == 302
        a_worker_does_everything(portal, PORTAL_URL=f"http://127.0.0.1:{port}")
    everything_holds(other.family, portal.mails)
    outage = Disturbance.objects.get(cause=Cause.DATABASE)
    assert outage.failed_submissions == 2  # the one in the middle, and the one after it
    assert outage.ended_at is not None
