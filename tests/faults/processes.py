"""PostgreSQL, Redis, web, worker and beat: real processes, each to be killed by itself."""

import os
import shelve
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import redis
from honcho.environ import parse_procfile

from bench import front_door
from bench.front_door import CHECKOUT, running
from icld_portal.embedded import folders, locks, postgres, redis_server

PATIENCE = 600
"""Seconds: far more than anything here takes, so that a busy machine fails no test."""
_LOOK_AGAIN = 0.02


def until(holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Go on once a condition holds; fails when it does not within so many seconds."""
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, f"it never came to this: {what}"
        sleep(_LOOK_AGAIN)


def kill(process: subprocess.Popen) -> None:
    """With all its children, in the middle of whatever they do."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Servers:
    """A PostgreSQL and a Redis that belong to these tests alone, with durable writes."""

    def __init__(self) -> None:
        # Where PostgreSQL, which is not root, can go: pytest's own folders are closed to others.
        self.folder = Path(tempfile.mkdtemp(prefix="icld-faults-", dir="/tmp"))
        self.folder.chmod(0o711)
        self._held = locks.take(self.folder, "keeper")
        self.sockets = folders.socket_folder(self.folder, postgres.owner())
        self.start_postgres()
        self.start_redis()

    def start_postgres(self) -> None:
        self.postgres = self._started(postgres)

    def start_redis(self) -> None:
        self.redis = self._started(redis_server)

    def _started(self, server):
        made = server.start(self.folder, self.sockets, quick=False, held=self._held.fileno())
        made.wait_until_ready()
        return made

    def start_what_is_down(self) -> None:
        """After a test that broke off between the two."""
        if self.postgres.process.poll() is not None:
            self.start_postgres()
        if self.redis.process.poll() is not None:
            self.start_redis()

    def break_postgres(self) -> None:
        """What `pg_ctl stop --mode immediate` does: nobody is waited for, nothing is written."""
        self.postgres.process.send_signal(signal.SIGQUIT)
        self.postgres.process.wait(PATIENCE)

    def kill_redis(self) -> None:
        self.redis.process.kill()
        self.redis.process.wait(PATIENCE)

    @property
    def redis_socket(self) -> Path:
        return self.sockets / redis_server.SOCKET

    @property
    def redis_url(self) -> str:
        return redis_server.address(self.sockets)

    @property
    def cache_url(self) -> str:
        return f"unix://{self.redis_socket}?db=1"

    def jobs(self) -> int:
        """How many wait in the queue, or have been taken by somebody who is not done with them."""
        with closing(redis.Redis(unix_socket_path=str(self.redis_socket))) as asked:
            return asked.llen("celery") + asked.hlen("unacked")

    def database_url(self, name: str) -> str:
        return postgres.address(self.sockets).replace(f"/{postgres.DATABASE}?", f"/{name}?")

    def run(self, program: str, *arguments: str, **options) -> subprocess.CompletedProcess:
        """One of PostgreSQL's own programs."""
        command = [postgres._programs(self.folder) / program, *arguments]
        return subprocess.run(command, check=True, capture_output=True, **options)

    def close(self) -> None:
        self.redis.stop()
        self.postgres.stop()
        self._held.close()
        shutil.rmtree(self.sockets, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Portal:
    """The Procfile's processes on a database of one test."""

    servers: Servers
    database: str
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def mails(self) -> Path:
        return self.folder / "mails"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    def surroundings(self, **more: str) -> dict[str, str]:
        """As in production, but for TLS, a movable clock and mails that are laid in a folder."""
        ours = {
            "DJANGO_SETTINGS_MODULE": "icld_portal.settings",
            "DATABASE_URL": self.servers.database_url(self.database),
            "CONN_MAX_AGE": "60",
            "REDIS_URL": self.servers.redis_url,
            "CACHE_URL": self.servers.cache_url,
            "ATTACHMENTS_ROOT": str(self.attachments),
            "PORTAL_DATA": str(self.folder),
            "EMAIL_URL": f"filemail:///{self.mails}",
            "STATIC_ROOT": str(CHECKOUT / "static"),
            "DEMO": "1",
            "LOG_LEVEL": "WARNING",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        return ours | more

    @contextmanager
    def web(self, *options: str, **more: str) -> Iterator[int]:
        """gunicorn with its two processes of four threads; gives its port."""
        with front_door.gunicorn(self._own_folder("web"), self.surroundings(**more), *options) as p:
            yield p

    def worker(self, **more: str) -> AbstractContextManager[subprocess.Popen]:
        log = self._own_folder("worker") / "log"
        return self._process(
            "worker", log, lambda: b" ready." in log.read_bytes(), {"LOG_LEVEL": "INFO"} | more
        )

    def beat(self, **more: str) -> AbstractContextManager[subprocess.Popen]:
        log = self._own_folder("beat") / "log"
        return self._process("beat", log, self._has_a_schedule, more)

    def _process(
        self, name: str, log: Path, ready: Callable[[], bool], more: Mapping[str, str]
    ) -> AbstractContextManager[subprocess.Popen]:
        line = parse_procfile((CHECKOUT / "Procfile").read_text()).processes[name]
        return running(
            ["sh", "-c", line.replace("-m celery", "-W ignore -m celery")],
            log,
            ready,
            env=os.environ | self.surroundings(**more),
            cwd=CHECKOUT,
        )

    def _own_folder(self, name: str) -> Path:
        made = self.folder / f"{name}-{next(self._numbers)}"
        made.mkdir()
        return made

    def _has_a_schedule(self) -> bool:
        return any(file.is_file() for file in self.folder.glob("beat*"))

    def beat_last_asked(self, ago: timedelta) -> None:
        """Let beat remember that it last asked for anything so long ago, and not just now."""
        if not self._has_a_schedule():
            with self.beat():
                """It writes one."""
        with shelve.open(str(self.folder / "beat"), writeback=True) as memory:
            for entry in memory["entries"].values():
                entry.last_run_at -= ago
