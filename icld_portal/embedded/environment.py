"""What a command or the supervisor puts into the environment before settings are read."""

import os
import secrets
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from icld_portal.embedded.attach import ADDRESSES, Servers, attach
from icld_portal.embedded.folders import data_folder, prepare

HERE_ONLY = {"ALLOWED_HOSTS": "localhost,127.0.0.1", "SECURE_ONLY": "0"}
"""`make run` listens to this machine alone, without TLS."""


def provide() -> AbstractContextManager[Servers | None]:
    """Start those servers that are not given, and set what is unset: addresses, key, folders, mode.

    An embedded database means a demonstration; one that somebody has given is theirs, and gets no
    demo accounts unless DEMO=1 is said. Leaving the context leaves the servers; it gives None when
    both were given. Raises EmbeddedError.
    """
    folder = data_folder()
    prepare(folder)
    wanted = [server for server, name in ADDRESSES.items() if not os.environ.get(name)]
    servers = attach(folder, wanted) if wanted else None
    given = {
        "PORTAL_DATA": str(folder),
        "SECRET_KEY": _secret_key(folder),
        "STATIC_ROOT": str(folder / "static"),
        "ATTACHMENTS_ROOT": str(folder / "attachments"),
    }
    if "postgres" in wanted:
        given["DEMO"] = "1"
    elif not os.environ.get("ALLOWED_HOSTS"):
        given |= HERE_ONLY
    if servers:
        given |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    for name, value in given.items():
        _set_default(name, value)
    return servers or nullcontext()


def _set_default(name: str, value: str) -> None:
    """Set what is unset; empty, as a line of .env.example can leave it, counts as unset."""
    os.environ[name] = os.environ.get(name) or value


def _secret_key(folder: Path) -> str:
    """A throw-away key, kept so that log-ins survive a restart."""
    file = folder / "secret-key"
    if not file.exists():
        unfinished = folder / f"secret-key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(50))
        unfinished.rename(file)
    return file.read_text()
