"""The portal's settings, with one more address."""

from icld_portal.settings import *  # noqa: F403 (all of it, and one thing else)

ROOT_URLCONF = "bench.deadline.urls"
