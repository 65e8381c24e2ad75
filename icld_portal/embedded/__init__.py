"""PostgreSQL and Redis for a newcomer's machine, demonstrations and tests.

The servers are binaries out of two wheels. Whoever needs them attaches; a keeper process of its
own starts them for the first and stops them after the last. A user is counted by a file lock, so
one that was killed has left as well. Production never comes here: it sets DATABASE_URL.
"""

from icld_portal.embedded.attach import Servers, attach
from icld_portal.embedded.environment import provide
from icld_portal.embedded.errors import EmbeddedError
from icld_portal.embedded.folders import data_folder

__all__ = ["EmbeddedError", "Servers", "attach", "data_folder", "provide"]
