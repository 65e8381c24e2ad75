"""Using the embedded servers."""

import fcntl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TextIO

from icld_portal.embedded import folders, locks, postgres, redis_server
from icld_portal.embedded.errors import EmbeddedError


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


def attach(folder: Path, *, quick: bool = False) -> Servers:
    """Use the servers of a data folder, starting them when they are down.

    `quick` (tests): no care for power cuts. Raises EmbeddedError with a sentence to act on.
    """
    folders.prepare(folder)
    claim = locks.take(folder, "users", fcntl.LOCK_SH)
    try:
        with locks.held(folder, "start"):
            sockets = _running(folder)
            if not sockets:
                _start_keeper(folder, quick)
    except BaseException:
        claim.close()
        raise
    found = sockets or _recorded(folder)
    addresses = postgres.address(found), redis_server.address(found)
    return Servers(*addresses, folder, claim, _started_by_us=not sockets)


def _recorded(folder: Path) -> Path:
    return Path((folder / "sockets").read_text().strip())


def _running(folder: Path) -> Path | None:
    """The folder of the sockets if both servers answer there."""
    if not (folder / "sockets").exists():
        return None
    sockets = _recorded(folder)
    up = redis_server.answers(sockets) and postgres.answers(sockets)
    return sockets if up else None


def _start_keeper(folder: Path, quick: bool) -> None:
    """Start a keeper that outlives us and is not reached by our Ctrl-C."""
    command = [sys.executable, "-m", "icld_portal.embedded", str(folder)]
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
