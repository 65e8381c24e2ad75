"""The shared cache, which the portal can do without: when Redis is down every question is a miss.

Sessions are in the database too. Only the limits on attempts to log in rest during an outage.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from icld_portal.outages import Outage

QUICK = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)}
"""Somebody waits for the page. Seconds; one attempt."""


class ForgivingClient(RedisCacheClient):
    """Django's client; what cannot be asked is missed, what cannot be written is forgotten."""

    # Django makes a client per thread; the outage is the whole process's.
    _outages: dict[str, Outage] = defaultdict(lambda: Outage("the cache"))
    _stale_keys: dict[str, set[str]] = defaultdict(set)

    def __init__(self, servers: Iterable[str], **options) -> None:
        super().__init__(servers, **(QUICK | options))
        where = " ".join(servers)
        self._outage, self._stale = self._outages[where], self._stale_keys[where]

    def add(self, key, value, timeout):
        # True, or nobody could take a lock: allauth's limits would refuse every log-in.
        return self._ask(True, super().add, key, value, timeout, changes=[key])

    def get(self, key, default):
        return self._ask(default, super().get, key, default)

    def set(self, key, value, timeout):
        self._ask(None, super().set, key, value, timeout, changes=[key])

    def touch(self, key, timeout):
        return self._ask(False, super().touch, key, timeout, changes=[key])

    def delete(self, key):
        return self._ask(False, super().delete, key, changes=[key])

    def get_many(self, keys):
        return self._ask({}, super().get_many, keys)

    def has_key(self, key):
        return self._ask(False, super().has_key, key)

    def incr(self, key, delta):
        value = self._ask(None, super().incr, key, delta, changes=[key])
        if value is None:
            raise ValueError(f"Key '{key}' not found.")  # what Django promises for a miss
        return value

    def set_many(self, data, timeout):
        self._ask(None, super().set_many, data, timeout, changes=data)

    def delete_many(self, keys):
        self._ask(None, super().delete_many, keys, changes=keys)

    def clear(self):
        return self._ask(False, super().clear)

    def _ask(self, missed: Any, question: Callable, *args, changes: Iterable[str] = ()) -> Any:
        """What Redis answers, or `missed` while it is down."""
        if not self._outage.is_known:
            try:
                self._drop_stale()
                answer = question(*args)
            except RedisError as error:
                self._outage.began(error)
            else:
                self._outage.ended()
                return answer
        self._stale.update(changes)
        return missed

    def _drop_stale(self) -> None:
        """Delete what could not be changed: the session of somebody who has logged out since
        must not be alive again when Redis is back."""
        if stale := list(self._stale):
            super().delete_many(stale)
            self._stale.difference_update(stale)


class ForgivingRedisCache(RedisCache):
    """Redis that may be down."""

    def __init__(self, server: str, params: dict) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
