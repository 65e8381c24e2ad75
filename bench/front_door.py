"""The front door as in production: nginx with the template of deploy/, and the Procfile's gunicorn
behind it. On the loopback alone; both end with whoever started them. The tests use it too."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from honcho.environ import parse_procfile

from icld_portal.embedded.processes import die_with_parent

CHECKOUT = Path(__file__).resolve().parent.parent
TEMPLATE = CHECKOUT / "deploy" / "nginx.conf.template"
LACKING = "nginx is missing; install: sudo apt-get install -y --no-install-recommends nginx"
UNIX = "unix"
"""What TRUSTED_PROXIES calls the proxy that comes by `gunicorn.sock`."""
PATIENCE = 180
"""Seconds that a program may take to start on a busy machine."""

_AROUND = """
{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type application/octet-stream;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


def program() -> str | None:
    """nginx; Debian keeps it where an ordinary user's PATH does not look."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def rendered(template: str, values: Mapping[str, str]) -> str:
    """What nginx's own image makes of the template: only PORTAL_… is filled in."""
    return re.sub(r"\$\{(PORTAL_\w+)\}", lambda found: values[found[1]], template)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def nginx(folder: Path, *, upstream: str, tls: Path | None = None) -> Iterator[int]:
    """The proxy, with its files in an empty folder; gives its port. `upstream` as in the template.
    Raises RuntimeError when there is no nginx or it does not start."""
    found = program()
    if found is None:
        raise RuntimeError(LACKING)
    port = free_port()
    values = {
        "PORTAL_LISTEN": f"127.0.0.1:{port}",
        "PORTAL_UPSTREAM": upstream,
        "PORTAL_TLS": str(tls or folder / "tls"),
        "PORTAL_PAGES": str(TEMPLATE.parent / "pages"),
    }
    (folder / "portal.conf").write_text(rendered(TEMPLATE.read_text(), values))
    user = "user root;\n" if os.geteuid() == 0 else ""  # the folder is closed to others
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user))
    command = [found, "-e", f"{folder}/error.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"]
    with running(command, folder / "nginx.log", lambda: answers(port), stop=signal.SIGTERM):
        yield port


@contextmanager
def gunicorn(folder: Path, environment: Mapping[str, str], *options: str) -> Iterator[int]:
    """The Procfile's web process, with what is given added to its command; gives its port.

    It listens on `gunicorn.sock` in the folder too, for the proxy.
    """
    port = free_port()
    line = parse_procfile((CHECKOUT / "Procfile").read_text()).processes["web"]
    added = [*options, "--bind", f"unix:{folder}/gunicorn.sock"]
    surroundings = os.environ | environment | {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    surroundings["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["sh", "-c", f"{line} {' '.join(added)}"]
    log = folder / "gunicorn.log"
    with running(command, log, lambda: answers(port), env=surroundings, cwd=CHECKOUT):
        yield port


@contextmanager
def running(
    command: list[str],
    log: Path,
    ready: Callable[[], bool],
    *,
    stop: signal.Signals = signal.SIGTERM,
    **options,
) -> Iterator[subprocess.Popen]:
    """A program until the end of the block, once it is `ready`. Raises RuntimeError with the end of
    its log when it is not."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGKILL),  # noqa: PLW1509 (execs at once)
            **options,
        )
    try:
        _wait(process, log, ready)
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen, log: Path, ready: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or monotonic() > until:
            end = " / ".join(log.read_text(errors="replace").strip().splitlines()[-3:])
            raise RuntimeError(f"{log.stem} did not start: {end}")
        sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
