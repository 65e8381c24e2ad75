"""Starts the servers, makes a throw-away database, measures in it and leaves nothing behind."""

import os
import sys
from pathlib import Path

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
    os.environ |= ENVIRONMENT
    if {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        measure()
        return
    try:
        with embedded.attach(embedded.data_folder() / "bench", quick=True) as servers:
            os.environ["DATABASE_URL"] = servers.database_url
            os.environ["REDIS_URL"] = servers.redis_url
            measure()
    except embedded.EmbeddedError as error:
        sys.exit(str(error))


def measure() -> None:
    """Only here are the settings there, and with them the models."""
    django.setup()
    for name in ("funding", "writing"):
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        try:
            import_string(f"bench.{name}.run")()
        finally:
            teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
