"""What a command or the supervisor puts into the environment before settings are read."""

import os
import secrets
from pathlib import Path

from icld_portal.embedded.attach import Servers, attach
from icld_portal.embedded.folders import data_folder


def provide() -> Servers:
    """Attach to the embedded servers and set what is unset: addresses, key, folders, demo mode.

    Embedded servers mean a demonstration; production sets DATABASE_URL and comes not here.
    Raises EmbeddedError.
    """
    folder = data_folder()
    servers = attach(folder)
    given = {
        "PORTAL_DATA": str(folder),
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "SECRET_KEY": _secret_key(folder),
        "STATIC_ROOT": str(folder / "static"),
        "DEMO": "1",
    }
    for name, value in given.items():
        os.environ.setdefault(name, value)
    return servers


def _secret_key(folder: Path) -> str:
    """A throw-away key, kept so that log-ins survive a restart."""
    file = folder / "secret-key"
    if not file.exists():
        unfinished = folder / f"secret-key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(50))
        unfinished.rename(file)
    return file.read_text()
