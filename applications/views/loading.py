"""Loading and authorising in one call, so that no view can forget either."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from applications.actions.submitting import going_along
from applications.models import Application
from applications.querysets import ApplicationQuerySet
from applications.rules import CHANGE, SUBMIT, TOGETHER, VIEW

__all__ = [
    "CHANGE",
    "SUBMIT",
    "TOGETHER",
    "VIEW",
    "load",
    "load_for_budget",
    "load_to_write",
    "load_together",
]


def load(
    request: HttpRequest,
    public_id: UUID,
    permission: str = VIEW,
    extend: Callable[[ApplicationQuerySet], ApplicationQuerySet] = lambda rows: rows,
) -> Application:
    """The application with what its pages need, and what `extend` adds to the query.

    404 for one that does not exist or is not the person's to see; 403 for one that they may see
    but not do this with.
    """
    visible = Application.objects.visible_to(request.user).for_pages()
    application = get_object_or_404(extend(visible), public_id=public_id)
    if not request.user.has_perm(permission, application):
        raise PermissionDenied
    return application


def load_to_write(
    request: HttpRequest,
    public_id: UUID,
    extend: Callable[[ApplicationQuerySet], ApplicationQuerySet] = lambda rows: rows,
) -> Application:
    """As `load` to change it, in one query and with no more than its round: for each pause."""
    visible = Application.objects.visible_to(request.user).saying_if_writable_by(request.user)
    application = get_object_or_404(extend(visible.select_related("round")), public_id=public_id)
    if not application.may_write:
        raise PermissionDenied
    return application


def load_for_budget(request: HttpRequest, public_id: UUID) -> Application:
    """As `load` to change it, with no more than its budget is judged by: for each key pressed."""
    visible = Application.objects.visible_to(request.user)
    rows = visible.select_related("round__schedule").with_parties()
    application = get_object_or_404(rows, public_id=public_id)
    if not request.user.has_perm(CHANGE, application):
        raise PermissionDenied
    return application


def load_together(
    request: HttpRequest,
    public_id: UUID,
    extend: Callable[[ApplicationQuerySet], ApplicationQuerySet] = lambda rows: rows,
) -> tuple[Application, list[Application]]:
    """The application, and with it what would be handed in together with it, in one go.

    The same as `load` and `applications.actions.submitting.together`, in fewer queries.
    """
    visible = Application.objects.visible_to(request.user).for_pages().with_coordinators()
    found = sorted(extend(visible).family_of(public_id), key=lambda row: row.pk)
    application = next((row for row in found if row.public_id == public_id), None)
    if application is None:
        raise Http404
    if not request.user.has_perm(VIEW, application):
        raise PermissionDenied
    return application, _together(application, found, request.user)


def _together(application: Application, found: list[Application], user) -> list[Application]:
    """For those who may submit, only what they may submit of it."""
    if user.has_perm(SUBMIT, application):
        found = [row for row in found if user.has_perm(SUBMIT, row)]
    return going_along(application, found)
