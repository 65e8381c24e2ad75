"""The embedded servers: shared, never left behind, never in the way of their own data."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg2
import pytest

import manage
from icld_portal import embedded
from icld_portal.embedded import folders, locks, postgres, redis_server

HOLDER = """
import pathlib, sys, time
from icld_portal import embedded
servers = embedded.attach(pathlib.Path(sys.argv[1]), quick=True)
print(servers.database_url, flush=True)
time.sleep(600)
"""


@pytest.fixture
def data():
    """A data folder that PostgreSQL can reach as root too, where pytest's own is closed."""
    folder = Path("/tmp") / f"icld-test-{uuid.uuid4().hex[:12]}"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def attach(folder: Path) -> embedded.Servers:
    return embedded.attach(folder, quick=True)


def wait_until_nobody_is_at(folder: Path) -> None:
    """The servers inherit the keeper's lock, so it is free when all of them are gone."""
    locks.take(folder, "keeper").close()


def ask(url: str, query: str):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def holder(folder: Path) -> subprocess.Popen:
    """Another process that uses the servers; they are up when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().startswith("postgresql://")
    return process


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_database_is_utf8_with_the_builtin_locale_and_swedish_letters_have_a_case(data):
    with attach(data) as servers:
        assert ask(servers.database_url, "SELECT upper('åäö') || current_database()") == "ÅÄÖportal"
        assert (
            ask(
                servers.database_url,
                "SELECT datlocprovider::text || datlocale FROM pg_database LIMIT 1",
            )
            == "bC.UTF-8"
        )


def test_data_is_kept_from_one_start_to_the_next(data):
    with attach(data) as servers:
        ask(servers.database_url, "CREATE TABLE kept AS SELECT 4711 AS number")
    with attach(data) as servers:
        assert ask(servers.database_url, "SELECT number FROM kept") == 4711


def test_when_the_last_user_leaves_the_servers_are_down_and_the_sockets_gone(data):
    servers = attach(data)
    sockets = Path((data / "sockets").read_text().strip())
    assert redis_server.answers(sockets)
    servers.close()
    assert not sockets.exists()
    locks.take(data, "keeper", fcntl.LOCK_EX | fcntl.LOCK_NB).close()


def test_a_second_user_shares_the_servers_and_keeps_them_when_the_first_leaves(data, in_time):
    first = attach(data)
    second = attach(data)
    assert second.database_url == first.database_url
    first.close()
    assert ask(second.database_url, "SELECT 1") == 1
    second.close()
    wait_until_nobody_is_at(data)


def test_a_killed_user_leaves_no_server_behind(data, in_time):
    kill(holder(data))
    wait_until_nobody_is_at(data)


def test_a_killed_keeper_takes_the_servers_along_and_the_next_start_recovers(data, in_time):
    user = holder(data)
    with attach(data) as servers:
        ask(servers.database_url, "CREATE TABLE kept AS SELECT 4711 AS number")
    keeper = subprocess.run(
        ["pgrep", "-f", f"icld_portal.embedded {data}"], capture_output=True, text=True, check=True
    )
    os.kill(int(keeper.stdout), signal.SIGKILL)
    wait_until_nobody_is_at(data)
    with attach(data) as servers:
        assert ask(servers.database_url, "SELECT number FROM kept") == 4711
    kill(user)
    wait_until_nobody_is_at(data)


def test_a_pid_file_left_by_a_crash_does_not_stop_the_start_though_the_number_is_in_use(data):
    attach(data).close()
    left = data / "postgres-18" / "cluster" / "postmaster.pid"
    left.write_text(f"{os.getppid()}\n{left.parent}\n1\n5432\n/tmp\n\n")
    with attach(data) as servers:
        assert ask(servers.database_url, "SELECT 1") == 1


def test_a_folder_of_somebody_else_is_refused_in_one_sentence(data):
    if os.geteuid() == 0:
        data.mkdir()
        shutil.chown(data, "nobody")
    with pytest.raises(embedded.EmbeddedError, match=r"belongs to \w+; choose one of your own"):
        attach(data if os.geteuid() == 0 else Path("/usr"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that root's server cannot use")
def test_as_root_a_folder_closed_to_others_is_refused_in_one_sentence(data):
    data.mkdir(mode=0o700)
    with pytest.raises(embedded.EmbeddedError, match=f"{data}, which is closed to others"):
        attach(data / "portal")


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user may read the wheel in any case")
def test_as_root_the_programs_are_copied_where_the_wheel_lies_in_a_closed_home(data, monkeypatch):
    monkeypatch.setattr(folders, "closed_to_others", lambda path: None if path == data else path)
    folders.prepare(data)
    programs = postgres._programs(data)
    assert programs.is_relative_to(data)
    version = subprocess.run([programs / "psql", "--version"], capture_output=True, check=True)
    assert b"18." in version.stdout


def test_a_command_starts_the_servers_itself_and_keeps_standard_output_to_itself(data, in_time):
    surroundings = {**os.environ, "PORTAL_DATA": str(data)}
    for given in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        del surroundings[given]
    query = "from django.db import connection as c; c.ensure_connection(); print(c.vendor)"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", query],
        cwd=folders.CHECKOUT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("postgresql\n", 0), done.stderr
    wait_until_nobody_is_at(data)


# --- with servers of one's own --------------------------------------------------------------

OWN = {"DATABASE_URL": "postgresql://me@db.example.org/mine", "REDIS_URL": "redis://q.example.org"}
SET_BY_US = (
    *("SECRET_KEY", "STATIC_ROOT", "ATTACHMENTS_ROOT", "DEMO"),
    *("ALLOWED_HOSTS", "SECURE_ONLY"),
)


@pytest.fixture
def environment(data, monkeypatch):
    """`environment(REDIS_URL=…)` is what commands find after that was given and nothing else."""

    def provided(**given):
        for name in (*OWN, *SET_BY_US):
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"PORTAL_DATA": str(data)} | given).items():
            monkeypatch.setenv(name, value)
        with embedded.provide() as servers:
            running = (data / "servers").read_text() if servers else ""
            return dict(os.environ), running

    for name in (*OWN, *SET_BY_US):
        monkeypatch.setenv(name, "")  # so that all of them are as before afterwards
    return provided


def test_with_nothing_given_both_are_started_for_a_demonstration(environment, data):
    found, running = environment()
    sockets = (data / "sockets").read_text().strip()
    assert running == "postgres redis"
    assert (found["DEMO"], found["SECRET_KEY"]) == ("1", (data / "secret-key").read_text())
    assert sockets in found["DATABASE_URL"]
    assert sockets in found["REDIS_URL"]
    assert "SECURE_ONLY" not in found


def test_with_a_database_of_ones_own_only_redis_is_started_and_it_is_no_demonstration(environment):
    found, running = environment(DATABASE_URL=OWN["DATABASE_URL"])
    assert running == "redis"
    assert found["DATABASE_URL"] == OWN["DATABASE_URL"]
    assert found["REDIS_URL"].startswith("redis+socket://")
    assert "DEMO" not in found
    assert (found["ALLOWED_HOSTS"], found["SECURE_ONLY"]) == ("localhost,127.0.0.1", "0")


def test_with_a_redis_of_ones_own_only_postgresql_is_started(environment):
    found, running = environment(REDIS_URL=OWN["REDIS_URL"], DATABASE_URL="")
    assert running == "postgres"
    assert found["REDIS_URL"] == OWN["REDIS_URL"]
    assert found["DATABASE_URL"].startswith("postgresql://postgres@/portal")
    assert found["DEMO"] == "1"


def test_with_both_given_nothing_is_started_and_what_is_said_stays(environment, data):
    found, running = environment(**OWN, DEMO="1", ALLOWED_HOSTS="me.example.org")
    assert running == ""
    assert {name: found[name] for name in OWN} == OWN
    assert (found["DEMO"], found["ALLOWED_HOSTS"]) == ("1", "me.example.org")
    assert "SECURE_ONLY" not in found  # whoever names hosts is not at home
    assert not (data / "sockets").exists()


def test_servers_that_run_without_the_one_now_wanted_are_one_sentence(data):
    with (
        embedded.attach(data, ["redis"], quick=True),
        pytest.raises(
            embedded.EmbeddedError, match=r"without PostgreSQL; .* set DATABASE_URL here"
        ),
    ):
        attach(data)
    with attach(data) as both, embedded.attach(data, ["redis"], quick=True) as one:
        assert one.redis_url == both.redis_url


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_a_command_with_a_database_of_its_own_starts_nothing(command, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", OWN["DATABASE_URL"])
    monkeypatch.delenv("REDIS_URL")
    assert manage._needs_no_servers([command])
