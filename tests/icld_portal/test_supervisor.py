"""`make run`: says what is wrong before it starts, and leaves nothing behind."""

import re
import signal
import socket
import subprocess
import sys

import pytest

from icld_portal import supervisor
from icld_portal.embedded import folders, locks
from icld_portal.management.commands import prepare

RUN = """
import pathlib, sys
from icld_portal import supervisor
data = pathlib.Path(sys.argv[2]) if sys.argv[2:] else None
sys.exit(supervisor.run_procfile(pathlib.Path(sys.argv[1]), data))
"""
HOLD = """
import pathlib, signal, sys
from icld_portal.embedded import locks
held = locks.take(pathlib.Path(sys.argv[1]), sys.argv[2])
print("held", sys.argv[2], flush=True)
signal.pause()
"""


@pytest.fixture
def portal(tmp_path, in_time):
    """A supervisor with two processes that hold a lock each; both hold when this is handed out."""
    (tmp_path / "hold.py").write_text(HOLD)
    held = locks.take(tmp_path, "keeper")
    (tmp_path / "Procfile").write_text(
        "".join(f"{n}: exec python {tmp_path}/hold.py {tmp_path} {n}\n" for n in ("web", "worker"))
    )
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, tmp_path / "Procfile", tmp_path],
        cwd=folders.CHECKOUT,
        env={"PYTHONPATH": str(folders.CHECKOUT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )
    started = set()
    while started != {"web", "worker"}:
        words = process.stdout.readline().split()
        assert words, "the supervisor ended"
        if "held" in words:
            started.add(words[-1])
    yield process, held
    process.kill()
    process.wait()
    process.stdout.close()
    held.close()


def wait_until_both_are_gone(folder):
    for name in ("web", "worker"):
        locks.take(folder, name).close()


def test_a_taken_port_is_one_sentence_with_the_command_that_mends_it():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} .*; choose another: PORT={port + 1} "):
            supervisor.check_port(port)


def test_a_free_port_passes():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    supervisor.check_port(port)


@pytest.mark.parametrize("port", ["abc", "", "0", "-1", "70000", "8000.5", "٣٣٣٣"])
def test_what_is_no_port_is_one_sentence(port):
    with pytest.raises(SystemExit, match=f"^PORT={re.escape(port)} is no port; give a number"):
        supervisor.parse_port(port)


def test_nothing_is_started_for_what_is_no_port(monkeypatch):
    monkeypatch.setenv("PORT", "abc")
    with pytest.raises(SystemExit, match="is no port"):
        supervisor.main()


def test_a_killed_supervisor_leaves_no_process_behind(portal, tmp_path):
    process, _servers = portal
    process.kill()
    wait_until_both_are_gone(tmp_path)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_supervisor_stops_all_of_them_first(portal, tmp_path, number, code):
    process, _servers = portal
    process.send_signal(number)
    assert process.wait(timeout=120) == code
    wait_until_both_are_gone(tmp_path)


def test_when_the_embedded_servers_end_the_portal_ends_too(portal, tmp_path):
    process, servers = portal
    servers.close()
    assert process.wait(timeout=120) == 1
    wait_until_both_are_gone(tmp_path)


def test_with_servers_of_ones_own_there_are_none_to_watch(tmp_path, in_time):
    (tmp_path / "Procfile").write_text("web: exit 7\n")
    done = subprocess.run(
        [sys.executable, "-c", RUN, tmp_path / "Procfile"],
        cwd=folders.CHECKOUT,
        env={"PYTHONPATH": str(folders.CHECKOUT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert "servers" not in done.stdout


def test_the_accounts_to_try_are_shown_with_their_password():
    shown = prepare.demo_accounts()
    assert "password prova-portalen" in shown
    assert "malmo@example.org" in shown
    assert "Lusaka City Council, partner" in shown
