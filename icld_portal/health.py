"""How the portal is, for whoever watches over it. Nothing here is about anybody."""

from django.core.cache import cache
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from icld_portal import queue


@never_cache
@require_safe
def health(request):
    """200 while the database answers: the portal does without the others, only slower."""
    parts = {
        "database": _database_answers(),
        "cache": _cache_answers(),
        "worker queue": queue.answers(),
    }
    said = {name: "ok" if up else "down" for name, up in parts.items()}
    return JsonResponse(said, status=200 if parts["database"] else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _cache_answers() -> bool:
    cache.set("health", "here", timeout=60)
    return cache.get("health") == "here"
