"""Nothing is lost when a worker is killed or Redis is down: the work is a row in the database."""

import logging
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from honcho.environ import parse_procfile
from playwright.sync_api import Page, expect

from icld_portal import queue
from icld_portal.celery import app
from icld_portal.embedded.folders import CHECKOUT
from icld_portal.outages import Outage
from tests.journeys import steps
from tests.journeys.conftest import running_worker
from tests.settling import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

PDF = "2027-0001, version 1 (PDF)"
HOLD_PDFS = "LOCK TABLE applications_submissionpdf IN EXCLUSIVE MODE"
TIED = """
import os, signal, sys
from icld_portal.embedded.processes import die_with_parent
die_with_parent(signal.SIGKILL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
IS_AWAITED = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE relation = 'applications_submissionpdf'::regclass AND NOT granted
    )
"""


@pytest.fixture
def project(ready, site) -> str:
    return steps.address_of(ready, site)


@pytest.fixture
def doomed_worker(transactional_db) -> Iterator[subprocess.Popen]:
    """The Procfile's worker, a process of its own on the database of this test."""
    app.control.purge()
    command = parse_procfile(Path(CHECKOUT, "Procfile").read_text()).processes["worker"]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(
        path="/" + connection.settings_dict["NAME"]
    )
    process = subprocess.Popen(
        [sys.executable, "-c", TIED, *shlex.split(command)[2:]],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": database.geturl(), "PYTHONWARNINGS": "ignore"},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    kill(process)


def kill(process: subprocess.Popen) -> None:
    """The worker and its pool, in the middle of whatever they do."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_killed_worker_loses_nothing(signed_in, doomed_worker, project, malmo):
    anna = signed_in(malmo)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(HOLD_PDFS)
        steps.submit(anna, project)
        expect(anna.get_by_text("Görs just nu")).to_have_count(2)
        look_again_until_the_worker_is_about_to_store_a_pdf(anna)
        kill(doomed_worker)
    with running_worker() as worker:
        worker.sweep()
        expect(anna.get_by_role("link", name=PDF, exact=True)).to_be_visible()


def look_again_until_the_worker_is_about_to_store_a_pdf(page: Page) -> None:
    deadline = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute(IS_AWAITED)
        while not cursor.fetchone()[0]:
            assert monotonic() < deadline, "the worker never came to a PDF"
            page.reload()
            cursor.execute(IS_AWAITED)


def test_a_worker_in_our_process_leaves_the_logging_alone(transactional_db, caplog):
    with running_worker():
        logging.getLogger("applications").warning("still heard")
    assert "still heard" in caplog.text


def test_redis_down_neither_stops_a_log_in_nor_a_submission(window, project, malmo, tmp_path):
    anna = window()
    with no_redis(tmp_path / "nobody.sock"):
        steps.log_in(anna, malmo.email)
        steps.submit(anna, project)
        expect(steps.heading(anna, "Ansökningarna är inskickade")).to_be_visible()
        expect(anna.get_by_text("Görs just nu")).to_have_count(2)
    with running_worker() as worker:
        worker.sweep()
        expect(anna.get_by_role("link", name=PDF, exact=True)).to_be_visible()


@contextmanager
def no_redis(dead: Path) -> Iterator[None]:
    """Neither the cache nor the queue can be reached."""
    cache = settings.CACHES["default"] | {"LOCATION": f"unix://{dead}"}
    with pytest.MonkeyPatch.context() as patch, override_settings(CACHES={"default": cache}):
        patch.setattr(app.conf, "broker_url", f"redis+socket://{dead}")
        patch.setattr(queue, "outage", Outage("the queue"))
        yield
