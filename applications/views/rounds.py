"""The rounds in public, and the time they are counted by: no log-in."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.documents.round_data import KEYS
from applications.documents.round_list import round_list
from icld_portal import clock


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """What is open now, what comes and what has been."""
    at = request.received_at
    calendar = request.build_absolute_uri(reverse("rounds_ics"))
    page = {"list": round_list(at), "at": at, "calendar": calendar, "keys": KEYS.items()}
    return render(request, "applications/rounds.html", page)


@never_cache
@require_safe
def server_time(request: HttpRequest) -> JsonResponse:
    """The portal's time now, for pages that count down."""
    return JsonResponse({"now": clock.now().isoformat()})
