"""The portal's addresses, and the least a view can do that keeps what somebody has sent."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from icld_portal.urls import handler400
from icld_portal.urls import urlpatterns as portal

__all__ = ["handler400", "urlpatterns"]

BARE_PATH = "/bar/rad/"
TABLE = "CREATE TABLE bench_row (id bigserial PRIMARY KEY, text text, at timestamptz)"
INSERT = "INSERT INTO bench_row (text, at) VALUES (%s, %s)"


@login_required
def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.POST["text"], request.received_at])
    return HttpResponse("kept")


urlpatterns = [path(BARE_PATH.removeprefix("/"), insert), *portal]
