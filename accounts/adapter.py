"""What we tell allauth about our log-in."""

import time

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from django.core.cache import cache
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by e-mail. Accounts are made by ICLD or by invitation, never by signing up."""

    def is_open_for_signup(self, request) -> bool:
        return False


class LogInBackend(AuthenticationBackend):
    """Knows who a person is. What they may do, only `rules` says: no model permissions are read."""

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return False

    def has_module_perms(self, user_obj, app_label) -> bool:
        return False

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        return set()


def is_too_often(request: HttpRequest, action: str, *, limit: int) -> bool:
    """Whether an address on the network has done this more than `limit` times in this minute.

    Counts also pages that are only opened, which allauth's own limits let pass. Nobody is turned
    away because the cache is down.
    """
    minute = int(time.time()) // 60
    key = f"often:{action}:{get_adapter().get_client_ip(request)}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > limit
    except ValueError:
        return False
