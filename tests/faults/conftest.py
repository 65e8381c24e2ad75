"""A portal of real processes on servers of its own, which a test may break.

The database is a copy of the suite's, with a round and the complete drafts of some twenty persons;
every test gets a copy of that. Our own process looks into it, and queues where its worker looks.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.test import override_settings

from accounts.states import Role
from applications.models import Round
from applications.states import Season
from bench.deadline import scene
from bench.deadline.client import Browser
from bench.deadline.scene import Applicant
from icld_portal import clock, queue
from icld_portal.celery import app
from icld_portal.demo.clock import set_to
from icld_portal.models import Heartbeat
from icld_portal.outages import Outage
from icld_portal.settings import env
from outbox.models import Message
from tests import broker
from tests.applications.file_samples import padded_pdf
from tests.conftest import FULL, ask_with, colleague
from tests.faults.processes import Portal, Servers, until
from tests.faults.standing import has_come_to_rest
from tests.moments import SWEDEN

MIDDLE = datetime(2027, 10, 10, 9, 12, tzinfo=SWEDEN)
"""Of the round of autumn, when all drafts have been begun."""
CLOSE = datetime(2027, 10, 16, 0, 0, tzinfo=SWEDEN)
ENFORCED = CLOSE + timedelta(minutes=10)
APPLICATIONS = 33
PREPARED = "prepared"
FILE_SIZE = 200_000
WAITS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
"""
_databases = count(1)


@dataclass(frozen=True)
class Town:
    """What every test finds: a round, and those who have complete drafts in it."""

    round: Round
    applicants: list[Applicant]


@pytest.fixture(scope="package")
def servers() -> Iterator[Servers]:
    made = Servers()
    yield made
    made.close()


@pytest.fixture(scope="package")
def prepared(django_db_setup, django_db_blocker, servers, tmp_path_factory):
    """A database to copy, with what lies beside it."""
    attachments = tmp_path_factory.mktemp("attachments")
    with django_db_blocker.unblock():
        copy_of_the_suites_database(servers)
        with looking_into(servers, PREPARED, attachments):
            out_of_the_way = {"opens_at": CLOSE + timedelta(60), "closes_at": CLOSE + timedelta(70)}
            Round.objects.filter(year=CLOSE.year, season=Season.SPRING).update(**out_of_the_way)
            ask_with(FULL, Round.objects.all())
            round_, applicants = scene.make(APPLICATIONS, MIDDLE)
            Round.objects.filter(pk=round_.pk).update(closes_at=CLOSE)
            round_.refresh_from_db()
            for number in (1, 2):
                colleague(Role.OFFICER, f"handlaggare{number}@example.org", f"Sara {number}")
            assert not Message.objects.exists()
    return Town(round_, applicants), attachments


def copy_of_the_suites_database(servers: Servers) -> None:
    """Its migrations have run, which takes long."""
    name = connections["default"].settings_dict["NAME"]
    source = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    administer(servers, f"CREATE DATABASE {PREPARED}")
    dump = servers.run("pg_dump", "--no-owner", "--dbname", source).stdout
    url = servers.database_url(PREPARED)
    servers.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "--dbname", url, input=dump)


def administer(servers: Servers, statement: str) -> None:
    with closing(psycopg2.connect(servers.database_url("postgres"))) as own:
        own.autocommit = True
        with own.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def looking_into(servers: Servers, database: str, attachments: Path) -> Iterator[None]:
    """This process works with a database, a queue, a cache and a folder of the portal's."""
    cache = settings.CACHES["default"] | {"LOCATION": servers.cache_url}
    where = env.db_url_config(servers.database_url(database))
    suites, ours = connections["default"], connections["default"].copy()
    ours.settings_dict = suites.settings_dict | where
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(CACHES={"default": cache}, ATTACHMENTS_ROOT=str(attachments)),
    ):
        patch.setattr(app.conf, "broker_url", servers.redis_url)
        patch.setattr(queue, "outage", Outage("the queue"))
        connections["default"] = ours
        try:
            yield
        finally:
            ours.close()
            caches["default"].close()
            connections["default"] = suites


@pytest.fixture
def portal(prepared, servers, db, tmp_path) -> Iterator[Portal]:
    """Its database, its empty queue and its files, in the middle of the round; nothing runs."""
    _town, attachments = prepared
    name = f"portal_{next(_databases)}"
    administer(servers, f"CREATE DATABASE {name} TEMPLATE {PREPARED}")
    made = Portal(servers, name, tmp_path)
    shutil.copytree(attachments, made.attachments)
    with looking_into(servers, name, made.attachments):
        app.control.purge()
        caches["default"].clear()
        set_to(MIDDLE)
        yield made
    servers.start_what_is_down()
    administer(servers, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def town(portal, prepared) -> Town:
    return prepared[0]


@pytest.fixture
def set_clock(portal) -> Callable[[datetime], None]:
    """Move the clock of this test's portal."""
    return set_to


@pytest.fixture
def browser_of() -> Iterator[Callable[[Applicant, int], Browser]]:
    """`browser_of(applicant, port)`: their connection to a web process."""
    file = padded_pdf(FILE_SIZE)
    opened = []

    def open_one(applicant: Applicant, port: int) -> Browser:
        def pdf(number: int) -> bytes:
            return file.replace(b"%xxxxxxxxxx", b"%%%010d" % number, 1)

        opened.append(Browser(applicant, port, pdf))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def a_worker_does_everything(portal: Portal, **more: str) -> None:
    """A new worker does what beat asks for every minute, and all that comes of it; and when all has
    been done, the same once more."""
    left = portal.servers.jobs()  # those of workers that were killed
    with portal.worker(**more):
        for _turn in range(2):
            begun = clock.real_now()
            for each in settings.CELERY_BEAT_SCHEDULE.values():
                broker.send(each["task"])
            until(partial(is_done, portal, left, begun), "all has been done")


def is_done(portal: Portal, left: int, begun: datetime) -> bool:
    """A job on its way from the queue to a worker is nowhere for a moment, so the tick is asked for
    by its trace."""
    has_ticked = Heartbeat.objects.filter(ticked_at__gte=begun).exists()
    return has_ticked and portal.servers.jobs() <= left and has_come_to_rest()


def somebody_waits() -> bool:
    """Whether a request or a job stands still for a lock that somebody holds."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first
        cursor.execute(WAITS)
        return cursor.fetchone()[0] > 0
