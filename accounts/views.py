"""Knowing who is logged in, and logging in again in a frame of the page one is writing on."""

from functools import wraps

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin


def may_be_framed(view):
    """Let the portal's own pages show this one in a frame; no other page may, and nobody else's."""
    own = csp_replace({"frame-ancestors": ["'self'"]})
    return wraps(view)(xframe_options_sameorigin(own(view)))


def is_framed(request: HttpRequest) -> bool:
    """Whether the page is shown in the frame in which one logs in again."""
    again = reverse("logged_in_again")
    asked = request.POST.get("next") or request.GET.get("next")
    return asked == again or request.headers.get("Sec-Fetch-Dest") == "iframe"


@never_cache
def who_am_i(request: HttpRequest) -> HttpResponse:
    """Asked by scripts before they post what somebody has typed. 401 for nobody."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"writer": str(request.user.pk)})


@may_be_framed
@never_cache
@login_required
def logged_in_again(request: HttpRequest) -> HttpResponse:
    """Where the frame ends; the page around it reads who has logged in."""
    return render(request, "account/logged_in_again.html")
