"""The processes: nginx, the Procfile's gunicorn and its worker, on one throw-away database."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from honcho.environ import parse_procfile

from bench import front_door


def surroundings(database: str, attachments: Path) -> dict[str, str]:
    """What the processes are told beside our own environment."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}")
    return {
        "DJANGO_SETTINGS_MODULE": "bench.deadline.settings",
        "DATABASE_URL": address.geturl(),
        "ATTACHMENTS_ROOT": str(attachments),
        "TRUSTED_PROXIES": front_door.UNIX,
    }


@contextmanager
def web(folder: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """gunicorn as in production behind the proxy; gives the proxy's port."""
    with (
        front_door.gunicorn(folder, environment),
        front_door.nginx(folder, upstream=f"unix:{folder}/gunicorn.sock") as port,
    ):
        yield port


@contextmanager
def worker(folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    line = parse_procfile((front_door.CHECKOUT / "Procfile").read_text()).processes["worker"]
    log = folder / "worker.log"
    program = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    options = {"env": os.environ | environment | {"PATH": program, "LOG_LEVEL": "INFO"}}
    with front_door.running(
        ["sh", "-c", line.replace("-m celery", "-W ignore -m celery")],
        log,
        lambda: b" ready." in log.read_bytes(),
        cwd=front_door.CHECKOUT,
        **options,
    ):
        yield
