"""Starts the servers, makes a throw-away database, measures in it and leaves nothing behind."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.test.utils import setup_databases, teardown_databases
from django.utils.module_loading import import_string

from icld_portal import embedded

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "icld_portal.settings",
    "SECRET_KEY": "only-for-measuring",
    "DEBUG": "0",
    "DEMO": "0",
    "SECURE_ONLY": "0",
    "ALLOWED_HOSTS": "127.0.0.1",
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "WARNING",
    "STATIC_ROOT": str(Path(__file__).resolve().parent.parent / "static"),
    "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
"""As in production, but for TLS and the list of static files."""


def main() -> None:
    with servers():
        for name in ("funding", "writing", "queue"):
            in_a_database(f"bench.{name}.run")


@contextmanager
def servers() -> Iterator[None]:
    """PostgreSQL and Redis, those that are given or our own, and the settings."""
    os.environ |= ENVIRONMENT
    if {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        django.setup()
        yield
        return
    try:
        with embedded.attach(embedded.data_folder() / "bench", quick=True) as own:
            os.environ["DATABASE_URL"] = own.database_url
            os.environ["REDIS_URL"] = own.redis_url
            django.setup()
            yield
    except embedded.EmbeddedError as error:
        sys.exit(str(error))


def in_a_database(run: str) -> Any:
    """Call what the path names in a database of its own. By its path: only now are the settings
    there, and with them the models."""
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        return import_string(run)()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
