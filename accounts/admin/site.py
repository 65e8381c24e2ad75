"""The admin site in our name, with our own log-in and our own permission."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def may_enter(request: HttpRequest) -> bool:
    """Administrators only: other staff have nothing to do there."""
    return request.user.has_perm("accounts.administer")


def log_in(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
    """Send people to the portal's log-in and back; those who are logged in lack the role."""
    if request.user.is_authenticated and not may_enter(request):
        raise PermissionDenied
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
    return redirect_to_login(wanted, resolve_url(settings.LOGIN_URL))


def configure() -> None:
    site = admin.site
    site.site_header = _("Municipal partnerships: administration")
    site.site_title = _("Administration")
    site.index_title = _("What do you want to change?")
    site.has_permission = may_enter
    site.login = log_in
