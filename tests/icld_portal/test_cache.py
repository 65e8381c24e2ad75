"""A cache that may be down: pages, log-in and handing in work without it."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from applications.models import Submission
from icld_portal.cache import ForgivingRedisCache
from icld_portal.embedded import redis_server
from icld_portal.embedded.folders import CHECKOUT
from outbox.models import Message
from tests.conftest import PASSWORD


@pytest.fixture
def start_redis(tmp_path):
    """`start_redis()` starts a Redis of this test alone; it remembers from start to start."""
    started = []

    def start():
        with (tmp_path / "lock").open("w") as lock:
            server = redis_server.start(tmp_path, tmp_path, quick=False, held=lock.fileno())
        started.append(server)
        server.wait_until_ready()
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def own_cache(tmp_path):
    """The cache in that Redis."""
    return ForgivingRedisCache(f"unix://{tmp_path / redis_server.SOCKET}", {})


@pytest.mark.django_db
def test_without_redis_one_logs_in_reads_and_hands_in(
    redis_down, ready, malmo, client_for, django_capture_on_commit_callbacks
):
    client_for(None)  # sets the clock
    client = Client()
    assert client.get(reverse("start")).status_code == 200
    assert client.get(reverse("account_login")).status_code == 200
    log_in = {"login": malmo.email, "password": PASSWORD}
    response = client.post(reverse("account_login"), log_in)
    assert (response.status_code, response.url) == (302, reverse("overview"))
    assert client.get(reverse("overview")).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("application_submit", args=[ready.public_id]))
    assert response.status_code == 302
    assert Submission.objects.filter(application=ready).exists()
    assert Message.objects.filter(address=malmo.email).exists()
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("overview")).status_code == 302


def test_every_question_is_a_miss(redis_down):
    cache.set("a", 1)
    cache.set_many({"a": 1, "b": 2})
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a", "b"]) == {}
    assert "a" not in cache
    assert not cache.touch("a")
    assert not cache.delete("a")
    assert not cache.clear()
    assert cache.get_or_set("a", 3) == 3
    cache.delete_many(["a", "b"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_a_lock_can_be_taken_so_that_log_in_is_not_refused(redis_down):
    assert cache.add("lock", 1)


def test_the_server_is_not_asked_for_every_question(redis_down, caplog):
    for _question in range(5):
        cache.get("a")
    assert [r.getMessage().partition(":")[0] for r in caplog.records] == [
        "the cache is down, going on without it"
    ]


def test_what_was_deleted_meanwhile_is_gone_when_redis_is_back(start_redis, own_cache, monkeypatch):
    monkeypatch.setattr("icld_portal.outages.PAUSE", 0)
    server = start_redis()
    own_cache.set_many({"logged-out": "session", "other": "session", "old": 1}, timeout=None)
    server.stop()
    own_cache.delete("logged-out")
    own_cache.set("old", 2)
    assert own_cache.get("other") is None
    start_redis()
    assert own_cache.get_many(["logged-out", "other", "old"]) == {"other": "session"}
    own_cache.set("old", 3)
    assert own_cache.get("old") == 3


@pytest.mark.parametrize(
    ("queue", "cache"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/1"),
        ("redis://:secret@redis", "redis://:secret@redis/1"),
        ("redis://redis/3", "redis://redis/1"),
        ("rediss://redis:6380/0?ssl_cert_reqs=none", "rediss://redis:6380/1?ssl_cert_reqs=none"),
        ("redis+socket:///run/redis.sock", "unix:///run/redis.sock?db=1"),
    ],
)
def test_the_cache_has_a_database_of_its_own_beside_the_queue(queue, cache):
    done = subprocess.run(
        [sys.executable, "-c", "from icld_portal import settings; print(settings.CACHE_URL)"],
        cwd=CHECKOUT,
        env=os.environ | {"REDIS_URL": queue},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == cache
