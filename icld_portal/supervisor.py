"""What `make run` starts: the servers nobody has given, the prepared database, the Procfile's
processes.

The order of the end is the reverse: web, worker and beat first, the servers last. Everything is
tied to this process, so that nothing is left behind even when it is killed.
"""

import fcntl
import os
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Popen, Process

from icld_portal import embedded
from icld_portal.embedded import locks
from icld_portal.embedded.processes import die_with_parent

CHECKOUT = Path(__file__).resolve().parent.parent


class Output:
    """Standard output without a buffer: honcho also prints in its signal handlers, and a buffer
    that is interrupted in the middle of a line refuses that."""

    def write(self, text: str) -> None:
        os.write(sys.stdout.fileno(), text.encode())

    def flush(self) -> None:
        """Nothing is kept back."""

    def isatty(self) -> bool:
        return sys.stdout.isatty()


class TiedProcess(Process):
    """One line of the Procfile; it ends when the supervisor is gone, kill -9 included.

    honcho puts a forked process between us and the command, so both are tied to their parent.
    """

    def run(self, events=None, ignore_signals=False) -> None:
        die_with_parent(signal.SIGKILL)
        self._child_ctor = _tied_popen
        super().run(events, ignore_signals)


def _tied_popen(command: str, **options) -> Popen:
    return Popen(command, preexec_fn=lambda: die_with_parent(signal.SIGTERM), **options)


def main() -> int:
    port = parse_port(os.environ.setdefault("PORT", "8000"))
    check_port(port)
    os.environ["DJANGO_SETTINGS_MODULE"] = "icld_portal.settings"
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores the first
        signal.signal(number, signal.default_int_handler)
    try:
        with embedded.provide() as servers, _alone(embedded.data_folder()):
            prepare()
            print(f"The portal: http://localhost:{port}/   Ctrl-C stops everything.\n", flush=True)
            watched = embedded.data_folder() if servers else None
            return run_procfile(CHECKOUT / "Procfile", watched)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        return 130


def parse_port(text: str) -> int:
    """Ends with one sentence when the text is no number of a port."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 2**16:
        return int(text)
    sys.exit(f"PORT={text} is no port; give a number from 1024 to 65535: PORT=8001 make run")


def check_port(port: int) -> None:
    """Ends with one sentence when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}); "
                f"choose another: PORT={port + 1} make run"
            )


def _alone(folder: Path):
    """One supervisor per data folder: two beats would tick twice."""
    try:
        return locks.take(folder, "supervisor", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(
            f"The portal already runs on the data in {folder}; stop it with Ctrl-C, or give this "
            "one its own: PORTAL_DATA=/tmp/another-portal PORT=8001 make run"
        )


def prepare() -> None:
    """Migrate and load the data, in a process of its own: this one stays small."""
    done = subprocess.run([sys.executable, "manage.py", "prepare"], cwd=CHECKOUT, check=False)
    if done.returncode:
        sys.exit("The data could not be prepared; the reason stands above.")


def run_procfile(procfile: Path, data: Path | None) -> int:
    """Run web, worker and beat until one ends or we are told to; returns the code to end with.

    `data` is the folder of the embedded servers, whose end is ours too; None where there are none.
    """
    manager = Manager(Printer(Output()))
    manager._process_ctor = TiedProcess  # honcho offers no other way in
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = os.environ | {
        "PATH": programs,
        "PYTHONUNBUFFERED": "1",
        # Celery warns about root, which is no news in a container made for a demonstration.
        "PYTHONWARNINGS": "ignore:You're running the worker",
    }
    for name, command in parse_procfile(procfile.read_text()).processes.items():
        manager.add_process(name, command, env=surroundings, cwd=str(CHECKOUT))
    if data:
        manager.add_process("servers", _watch_servers(data), cwd=str(CHECKOUT))
    manager.loop()
    return manager.returncode


def _watch_servers(folder: Path) -> str:
    """A command that ends when the embedded servers do: it waits for the lock they hold."""
    lock = shlex.quote(str(folder / "keeper.lock"))
    last_word = f"echo PostgreSQL or Redis has ended, their logs are in {folder}; exit 1"
    return f"exec flock --shared {lock} sh -c {shlex.quote(last_word)}"


if __name__ == "__main__":
    sys.exit(main())
