"""Doing without a server that is only there to make things quicker."""

import logging
from time import monotonic

logger = logging.getLogger(__name__)

PAUSE = 5
"""Seconds in which a server that did not answer is not asked again: nobody waits for it twice."""


class Outage:
    """What one process knows about a server's being down. Runs on real time."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._until: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether it did not answer a moment ago and need not be asked now."""
        return self._until is not None and monotonic() < self._until

    def began(self, error: Exception) -> None:
        if self._until is None:
            logger.warning("%s is down, going on without it: %s", self.server, error)
        self._until = monotonic() + PAUSE

    def ended(self) -> None:
        if self._until is not None:
            logger.info("%s is back", self.server)
        self._until = None
