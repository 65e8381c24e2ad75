"""The portal's addresses, and two more: the least a view can do for somebody logged in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench import autosave
from icld_portal.urls import urlpatterns as portal


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


urlpatterns = [
    path("bar/", bare, name="bare"),
    path("bar/<int:pk>/", autosave.bare_row, name=autosave.BARE_NAME),
    *portal,
]
