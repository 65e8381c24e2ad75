"""The portal's addresses, and one more: the least a view can do for somebody logged in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from icld_portal.urls import urlpatterns as portal


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


urlpatterns = [path("bar/", bare, name="bare"), *portal]
