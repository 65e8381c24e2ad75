"""The keeper: starts the servers, waits until nobody uses them any more, stops them."""

import argparse
import fcntl
import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TextIO

from icld_portal.embedded import folders, locks, postgres, redis_server
from icld_portal.embedded.errors import EmbeddedError

SERVERS = {"postgres": postgres, "redis": redis_server}
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


class Ended(Exception):
    """We were told to end, or a server died."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("servers", nargs="+", choices=SERVERS)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    if os.fork():
        return 0  # nobody's child, so that whoever started us need not wait for us
    try:
        keep(given.folder, given.servers, quick=given.quick)
    except EmbeddedError as error:
        print(error)
        return 1
    return 0


def keep(folder: Path, servers: list[str], *, quick: bool) -> None:
    """Run the servers until the last user has left, one of them dies, or we are told to end."""
    alone = _alone(folder)
    (folder / "servers").write_text(" ".join(servers))
    sockets = folders.socket_folder(folder, postgres.owner())
    running = []
    users = None
    try:
        for name in servers:
            start = SERVERS[name].start
            running.append(start(folder, sockets, quick=quick, held=alone.fileno()))
        for server in running:
            server.wait_until_ready()
        print("ready", flush=True)
        with suppress(Ended):
            users = _wait_for_the_last_user(folder, running)
    finally:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.SIG_IGN)
        for server in reversed(running):
            server.stop()
        shutil.rmtree(sockets, ignore_errors=True)
        if users:
            users.close()


def _alone(folder: Path, seconds: float = 30) -> TextIO:
    """Take the keeper's lock; an earlier server may still be writing its last pages."""
    until = monotonic() + seconds
    while True:
        try:
            return locks.take(folder, "keeper", fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                raise EmbeddedError(
                    f"An earlier server still works on {folder}; see who: fuser -v "
                    f"{folder / 'keeper.lock'}"
                ) from None
            sleep(0.05)


def _wait_for_the_last_user(folder: Path, running: list) -> TextIO:
    def end(*_signal):
        raise Ended

    for number in ENDINGS:
        signal.signal(number, end)
    if any(server.process.poll() is not None for server in running):
        raise Ended
    return locks.take(folder, "users")


if __name__ == "__main__":
    sys.exit(main())
