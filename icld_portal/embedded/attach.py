"""Using the embedded servers."""

import fcntl
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TextIO

from icld_portal.embedded import folders, locks, postgres, redis_server
from icld_portal.embedded.errors import EmbeddedError

ADDRESSES = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
"""Each server with what is set in the environment by whoever has one already."""

BOTH = tuple(ADDRESSES)
LABELS = {"postgres": "PostgreSQL", "redis": "Redis"}
ANSWERS = {"postgres": postgres.answers, "redis": redis_server.answers}


@dataclass
class Servers:
    """Running servers and our claim on them, which ends with `close` or with the process."""

    database_url: str
    redis_url: str
    _folder: Path
    _claim: TextIO
    _started_by_us: bool

    def close(self) -> None:
        """Leave. Waits until the servers are down if we started them and nobody else uses them."""
        self._claim.close()
        if self._started_by_us:
            self._wait_for_the_keeper()

    def _wait_for_the_keeper(self, seconds: float = 1) -> None:
        """It holds the users' lock while it stops the servers, and cannot while one is attached."""
        until = monotonic() + seconds
        while locks.taken(self._folder, "keeper") and (
            monotonic() < until or locks.taken(self._folder, "users", fcntl.LOCK_SH)
        ):
            sleep(0.01)

    def __enter__(self) -> "Servers":
        return self

    def __exit__(self, *_exception) -> None:
        self.close()


def attach(folder: Path, wanted: Collection[str] = BOTH, *, quick: bool = False) -> Servers:
    """Use the servers of a data folder, starting them when they are down.

    `wanted` names those that are started: somebody may have the other one already. The addresses
    of both are given all the same. `quick` (tests): no care for power cuts. Raises EmbeddedError
    with a sentence to act on.
    """
    folders.prepare(folder)
    claim = locks.take(folder, "users", fcntl.LOCK_SH)
    try:
        with locks.held(folder, "start"):
            sockets = _running(folder, wanted)
            if not sockets:
                _refuse_half(folder, wanted)
                _start_keeper(folder, wanted, quick)
    except BaseException:
        claim.close()
        raise
    found = sockets or _recorded(folder)
    addresses = postgres.address(found), redis_server.address(found)
    return Servers(*addresses, folder, claim, _started_by_us=not sockets)


def _recorded(folder: Path) -> Path:
    return Path((folder / "sockets").read_text().strip())


def _running(folder: Path, wanted: Collection[str]) -> Path | None:
    """The folder of the sockets if all that are wanted answer there."""
    if not (folder / "sockets").exists():
        return None
    sockets = _recorded(folder)
    return sockets if all(ANSWERS[name](sockets) for name in wanted) else None


def _refuse_half(folder: Path, wanted: Collection[str]) -> None:
    """A keeper that is at work starts no more than it was asked for in the beginning."""
    record = folder / "servers"
    if not (record.exists() and locks.taken(folder, "keeper")):
        return
    running = record.read_text().split()
    if missing := [name for name in wanted if name not in running]:
        raise EmbeddedError(
            f"The servers of {folder} run without {' and '.join(LABELS[n] for n in missing)}; stop "
            f"them first, or set {' and '.join(ADDRESSES[n] for n in missing)} here too"
        )


def _start_keeper(folder: Path, wanted: Collection[str], quick: bool) -> None:
    """Start a keeper that outlives us and is not reached by our Ctrl-C."""
    command = [sys.executable, "-m", "icld_portal.embedded", str(folder), *wanted]
    with (
        (folder / "keeper.log").open("w") as log,
        subprocess.Popen(
            [*command, "--quick"] if quick else command,
            cwd=folders.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        ) as starter,
    ):
        said = starter.stdout.readline().strip()
    if said != "ready":
        raise EmbeddedError(said or f"The embedded servers did not start; see {log.name}")
