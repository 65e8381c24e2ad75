"""Servers of the suite. Named in pyproject.toml, so that it runs before settings load.

The test cluster lies in PORTAL_DATA (`test/`), is kept between runs and shared by xdist's workers.
"""

import os
import shutil
import tempfile

import pytest
from django.conf import settings

from icld_portal import embedded
from tests import system_browser

ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests",
    "DEMO": "1",
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "WARNING",
    "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "CONN_MAX_AGE": "0",  # a live server's thread would keep the database from being dropped
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright runs a loop in our thread
}
_servers = pytest.StashKey[embedded.Servers]()
_files = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    given = dict(ENVIRONMENT)
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        servers = embedded.attach(embedded.data_folder() / "test", quick=True)
        early_config.stash[_servers] = servers
        given |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    if "ATTACHMENTS_ROOT" not in os.environ:  # else this is one of xdist's workers
        given["ATTACHMENTS_ROOT"] = early_config.stash[_files] = tempfile.mkdtemp(prefix="portal-")
    for name, value in given.items():
        os.environ.setdefault(name, value)


def pytest_configure(config):
    # Here, so that our fixtures come after, and win over, those of pytest-playwright.
    config.pluginmanager.register(system_browser)
    separate_queue_and_cache()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    if servers := config.stash.get(_servers, None):
        servers.close()
    if files := config.stash.get(_files, None):
        shutil.rmtree(files)


def separate_queue_and_cache() -> None:
    """Give each of xdist's workers a queue and a cache of its own.

    Tests empty the cache, which empties its Redis database; and a task must not be taken by a
    worker that looks at another PostgreSQL database.
    """
    scheme, separator, path = os.environ["REDIS_URL"].partition("+socket://")
    if separator:
        number = 2 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        socket = path.partition("?")[0]
        queue = f"{scheme}{separator}{socket}?virtual_host={number}"
        os.environ["REDIS_URL"] = settings.CELERY_BROKER_URL = queue
        settings.CACHES["default"]["LOCATION"] = f"unix://{socket}?db={number + 1}"
