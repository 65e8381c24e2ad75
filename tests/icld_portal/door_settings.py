"""The portal with one more address, for a server of its own: `test_proxy.py`."""

from icld_portal.settings import *  # noqa: F403 (all of it, and one thing else)

ROOT_URLCONF = "tests.icld_portal.door_urls"
