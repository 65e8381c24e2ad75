"""Starting a server so that it cannot outlive its keeper."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from icld_portal.embedded.errors import EmbeddedError

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent(number: signal.Signals) -> None:
    """Have the kernel send this process a signal when its parent is gone, kill -9 included.

    For use between fork and exec, in a child of the parent's main thread.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, int(number))


@dataclass
class Server:
    """A running server: how it is asked to stop and where it writes its log."""

    name: str
    process: subprocess.Popen
    stop_signal: signal.Signals
    log: Path
    answers: Callable[[], bool]

    def wait_until_ready(self, seconds: float = 30) -> None:
        """Raises EmbeddedError with the end of the log when it does not come up."""
        until = monotonic() + seconds
        while not self.answers():
            if self.process.poll() is not None or monotonic() > until:
                end = " / ".join(self.log.read_text(errors="replace").strip().splitlines()[-3:])
                raise EmbeddedError(f"{self.name} did not start; {self.log} ends: {end}")
            sleep(0.02)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(
    command: list[str | Path], *, log: Path, stop_signal: signal.Signals, held: int, **options
) -> subprocess.Popen:
    """Start a server in a session of its own, so that Ctrl-C does not reach it.

    `held` is the keeper's lock: the server inherits it, so that a free lock means that nobody is
    left at the data.
    """
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[held],
            preexec_fn=lambda: die_with_parent(stop_signal),  # noqa: PLW1509 (single-threaded)
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            **options,
        )
